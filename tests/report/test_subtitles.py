"""Subtitles and labels: what players and editors accept, and what people can read."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sessions import section, spoken, told_in_one_go

from rehearse.report.subtitles import as_labels, as_srt, as_vtt, cues_of
from rehearse.transcript import Hearing, Span, Transcript, Word

SHORT = Hearing(
    Transcript(
        (
            Word("I", 1.0, 1.1, 0.9),
            Word("noticed", 1.1, 1.5, 0.9),
            Word("it", 1.5, 1.6, 0.9),
            Word("<first>", 2.8, 3.2, 0.4),
            Word("-->", 3.2, 3.3, 0.4),
            Word("R&D.", 3.3, 3.9, 0.4),
        )
    ),
    (Span(1.0, 1.6), Span(2.8, 3.9)),
    recorded_s=5.0,
    fillers=(Word("um", 2.0, 2.4, 0.8),),
)


def test_an_answer_is_srt_with_numbers_and_commas():
    assert as_srt(section("task", "", hearing=SHORT)) == (
        "1\n00:00:01,000 --> 00:00:01,800\nI noticed it\n"
        "\n2\n00:00:02,800 --> 00:00:03,900\n<first> -> R&D.\n"
    )


def test_an_answer_is_webvtt_with_what_is_markup_there_escaped():
    assert as_vtt(section("task", "", hearing=SHORT)) == (
        "WEBVTT\n"
        "\n00:00:01.000 --> 00:00:01.800\nI noticed it\n"
        "\n00:00:02.800 --> 00:00:03.900\n&lt;first&gt; -&gt; R&amp;D.\n"
    )


def test_labels_name_findings_ums_and_the_marks_of_the_clock():
    told = section(
        "result",
        "",
        target_s=2.0,
        limit_s=3.0,
        hearing=Hearing(
            spoken("The team was happy, basically.").transcript,
            (Span(1.0, 3.0),),
            recorded_s=4.0,
            fillers=(Word("um", 2.5, 2.55, 0.8),),
        ),
    )

    assert as_labels(told) == (
        "1.000\t2.500\tvague result: The team was happy\n"
        "2.500\t2.550\tfiller: um\n"
        "2.600\t2.900\tfiller: basically\n"
        "3.000\t3.000\ttarget\n"
        "4.000\t4.000\tlimit\n"
    )


def test_a_long_sentence_is_parted_at_its_longest_pause():
    words = spoken(" ".join(["word"] * 24)).transcript.words
    later = [Word(w.text, w.start_s + 0.4, w.end_s + 0.4, 0.9) for w in words[10:]]

    cues = cues_of((*words[:10], *later))

    assert [len(cue.text.split()) for cue in cues] == [10, 14]


def test_no_text_needs_more_than_two_lines():
    told = section("task", "", hearing=spoken("counterrevolutionaries " * 3))

    texts = [block.split("\n", 2)[2].split() for block in as_srt(told).split("\n\n")]

    assert sorted(map(len, texts)) == [1, 2]


def test_labels_name_the_steps_of_an_answer_told_in_one_go():
    whole = told_in_one_go(
        {
            "situation": "The lift in hall two stood still for a week.",
            "action": "I looked into the brake and changed its spring.",
        }
    )

    labels = as_labels(whole).splitlines()

    assert [label for label in labels if label.endswith(("situation", "action"))] == [
        "1.000\t5.000\tsituation",
        "5.000\t8.500\taction",
    ]


times = st.floats(0, 400, allow_nan=False)
words = st.lists(
    st.builds(
        Word,
        st.text(st.characters(exclude_categories=["Cs", "Z", "C"]), min_size=1, max_size=12),
        st.none() | times,
        st.none() | times,
        st.none(),
    ),
    max_size=60,
).map(tuple)


@settings(deadline=None)
@given(words)
def test_cues_follow_one_another_whatever_the_times_of_the_words(words):
    cues = cues_of(words)

    assert all(cue.start_s < cue.end_s for cue in cues)
    assert all(a.end_s <= b.start_s for a, b in pairwise(cues))
    timed = [each.text for each in words if each.start_s is not None and each.end_s is not None]
    assert " ".join(cue.text for cue in cues) == " ".join(timed).replace("-->", "->")


TIME = r"\d\d:[0-5]\d:[0-5]\d[.,]\d{3}"


@settings(deadline=None)
@given(words)
def test_every_block_has_a_line_of_times_and_then_text(words):
    told = section("task", "", hearing=Hearing(Transcript(words), None))

    srt, vtt = as_srt(told).split("\n\n"), as_vtt(told).split("\n\n")[1:]

    for number, block in enumerate(srt if as_srt(told) else [], start=1):
        assert re.fullmatch(rf"{number}\n{TIME} --> {TIME}\n.+(\n.+)*\n?", block)
    for block in vtt:
        assert re.fullmatch(rf"{TIME} --> {TIME}\n[^<>]+\n?", block)
