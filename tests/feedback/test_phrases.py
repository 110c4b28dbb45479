import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.feedback.phrases import Finding, find_weak_phrases, load_rules
from rehearse.feedback.ruleset import SECTIONS
from rehearse.transcript import Transcript, Word

RULES = load_rules()


def raised(text: str, section: str = "whole") -> list[tuple[str, str]]:
    """Category and quote of each finding."""
    findings = find_weak_phrases(Transcript.from_text(text), section, RULES)
    return [(finding.category, finding.quote) for finding in findings]


def test_a_finding_carries_its_quote_its_seconds_and_what_to_say_instead() -> None:
    said = ["Mistakes", "were", "made.", "Um,", "twice."]
    words = tuple(Word(text, second + 0.1, second + 0.9) for second, text in enumerate(said))
    filler = RULES.rule("filler.sound").text
    decided = RULES.rule("passive.decided").text
    assert find_weak_phrases(Transcript(words), "action", RULES) == (
        Finding(
            rule="passive.decided",
            category="passive",
            quote="Mistakes were made",
            start_char=0,
            end_char=18,
            start_s=0.1,
            end_s=2.9,
            why=decided.why,
            instead=decided.instead,
        ),
        Finding(
            rule="filler.sound",
            category="filler",
            quote="Um",
            start_char=20,
            end_char=22,
            start_s=3.1,
            end_s=3.9,
            why=filler.why,
            instead=filler.instead,
        ),
    )


def test_what_is_said_of_the_section_has_no_quote_and_no_time() -> None:
    text = RULES.rule("missing_boundary.whose-area").text
    (finding,) = find_weak_phrases(
        Transcript.from_text("The goal was to repair the dryer by Friday."), "task", RULES
    )
    assert finding == Finding(
        rule="missing_boundary.whose-area",
        category="missing_boundary",
        quote="",
        start_char=0,
        end_char=0,
        start_s=None,
        end_s=None,
        why=text.why,
        instead=text.instead,
    )


@pytest.mark.parametrize("text", ["", "   ", "um", "We failed.", "...", "🙂 🙂 🙂"])
def test_nothing_is_said_of_an_answer_that_has_not_begun(text: str) -> None:
    assert raised(text, "result") == []


# A weak answer of its own, with the flaws that a coach would name: a rare event without a rate, a
# message as the only move, a repair by others, a time without a figure, a direction without a size,
# and feelings as the outcome.
WEAK = (
    "I saw that the labels on the blood samples were sometimes wrong. I escalated it to the lab by "
    "sending them an email. They solved the problem after some time. The error rate improved and "
    "the doctors were happy, although I never checked how much it helped."
)


@pytest.mark.parametrize("text", [WEAK, WEAK.lower(), WEAK.replace("I ", "I, um, ")])
def test_a_weak_answer_raises_every_flaw(text: str) -> None:
    assert {category for category, _ in raised(text)} - {"filler"} == {
        "no_metric",
        "vague_quantity",
        "handoff",
        "vague_result",
    }


STRONG = {
    "situation": (
        "While working as a charge nurse I noticed that 2 in 100 blood samples left our ward with "
        "the wrong label. Each one cost a patient a second needle, and no report existed because "
        "the labels belonged to the laboratory."
    ),
    "task": (
        "The printer was the laboratory's, not mine. Nobody had asked me to look into it. "
        "I needed to find out where the labels went wrong and stop it."
    ),
    "action": (
        "I pulled the returns of three months and sorted them by hour. I traced the fault to the "
        "moment when two printers shared one queue. I reproduced it with test names that night. "
        "I wrote a one-page fix, and I told the laboratory's lead about it so that she could check it. "
        "I trained all nine nurses and checked the first hundred labels myself."
    ),
    "result": (
        "Wrong labels went from 2% to zero within a month. That saved about 40 repeat needles and "
        "$1,500 a month. The laboratory made my queue check a standard step on six wards, "
        "significantly cutting the time to a result."
    ),
    "reflection": (
        "I learned how a shared print queue swaps labels, and how early an alert on returns would "
        "have shown it."
    ),
    "probe": (
        "I flagged it to the laboratory's lead for visibility, but I brought a finished fix with "
        "test labels. I followed up regularly to make sure the change was approved and rolled out."
    ),
}


@pytest.mark.parametrize("section", STRONG)
def test_a_strong_answer_raises_nothing(section: str) -> None:
    text = STRONG[section]
    bare = text.translate(
        str.maketrans("", "", string.punctuation.replace("$", "").replace("%", ""))
    )
    assert raised(text, section) == []
    assert raised(bare.lower(), section) == []


def test_a_strong_answer_told_in_one_go_raises_nothing() -> None:
    steps = ("situation", "task", "action", "result", "reflection")
    assert raised(" ".join(STRONG[step] for step in steps)) == []


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        # "We" is a fault only where the speaker's own part cannot be seen.
        ("action", "We rewrote the rota.", [("we_language", "We rewrote the rota")]),
        ("action", "We rewrote the rota. I drew up the night shifts.", []),
        ("situation", "We ran two ovens and sold bread to hotels.", []),
        # A clause is underlined, not the sentence around it.
        (
            "action",
            "It was late, so I waited for the manager to call, and the line stood still.",
            [("handoff", "I waited for the manager to call")],
        ),
        # An estimate of a number is honest, not a hedge.
        ("result", "It took maybe 20 minutes instead of two hours.", []),
        # Fillers are left out before anything else is read.
        (
            "action",
            "We, um, you know, we rewrote the rota.",
            [
                ("restart", "We, um, you know, we"),
                ("filler", "um"),
                ("filler", "you know"),
                ("we_language", "we rewrote the rota"),
            ],
        ),
        (
            "task",
            "My manager told me to take the night rota.",
            [("assigned", "My manager told me to take the night rota")],
        ),
        (
            "reflection",
            "I learned that communication is key.",
            [("generic_reflection", "I learned that communication is key")],
        ),
        ("situation", "Marketing dropped the ball.", [("blame", "Marketing dropped the ball")]),
    ],
)
def test_context_decides(section: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(raised(text, section)) == sorted(expected)


def test_a_step_that_a_scenario_named_itself_is_heard_like_a_whole_answer() -> None:
    text = "We rewrote the rota and the guests were very happy."
    assert raised(text, "outcome") == [
        finding for finding in raised(text, "whole") if finding[0] != "no_metric"
    ]


def test_a_point_told_twice_is_found_once_at_its_second_telling() -> None:
    first = "I called every supplier on the list by hand."
    text = f"{first} Nobody picked up before noon. {first}"
    assert raised(text, "action") == [("repetition", "I called every supplier on the list by hand")]
    (finding,) = find_weak_phrases(Transcript.from_text(text), "action", RULES)
    assert finding.start_char == len(text) - len(first)


@pytest.mark.parametrize(
    ("text", "again"),
    [
        (
            "The governors liked the timetable from day one. We sent it round. "
            "The governors were really delighted.",
            "The governors were really delighted",
        ),
        (
            "The queue at the gate was gone. Everybody got home. So yeah, no queue at the gate.",
            "So yeah, no queue at the gate",
        ),
        (
            "I wanted a cheerful reading corner. We had a rug. A cheerful corner, that was the task.",
            "A cheerful corner, that was the task",
        ),
    ],
)
def test_a_point_told_again_in_other_words_is_found(text: str, again: str) -> None:
    assert ("repetition", again) in raised(text, "whole")


@pytest.mark.parametrize(
    "text",
    [
        "I wrote to the council. The council wrote back.",
        "The visitors were happy. He was really very satisfied with the car.",
        "The first queue was 9 people. The last queue was really 3 people.",
    ],
)
def test_who_comes_back_to_a_matter_with_news_tells_nothing_twice(text: str) -> None:
    assert [category for category, _ in raised(text, "whole") if category == "repetition"] == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("I was, I had to call the depot.", "I was"),
        ("Then we checked the the invoice.", "the the"),
        ("We had a, there was a list on the wall.", "We had a"),
        ("so i went to the i went to the office at nine", "i went to the i went to the"),
        ("I think the biggest, what cost us most was the kiln.", "I think the biggest"),
        ("And the kiln was supposed to, it had a timer.", "And the kiln was supposed to"),
        ("The reason was that, we had no key.", "The reason was that"),
        ("I went and, we had no key.", "I went and"),
        ("I also, we had no key.", "I also"),
        ("We took, the key was gone.", "We took"),
        ("It was opened by, um, it had no key.", "It was opened by"),
        ("I called, no, I emailed the owner.", "I called, no, I emailed"),
    ],
)
def test_a_sentence_begun_again_is_found(text: str, quote: str) -> None:
    assert ("restart", quote) in raised(text, "situation")


@pytest.mark.parametrize(
    "text",
    [
        "I called, I wrote, I went there in person.",
        "It was very, very late that night.",
        "She had had enough of that that day.",
        "I was, I think, the first nurse on that ward.",
        "We went from end to end to find the leak.",
        "The code was 4 4 7 on both doors.",
        "In between, we had a key.",
        "The man that I spoke with, he had a key.",
        "Ana and I, we had a key.",
        "We, the nurses, had a key.",
        "The problem was, the key was gone.",
        "By then the door was his, and we had a key.",
    ],
)
def test_what_is_said_twice_on_purpose_is_no_restart(text: str) -> None:
    assert [category for category, _ in raised(text, "situation") if category == "restart"] == []


pieces = st.sampled_from(
    [
        *[
            "i",
            "we",
            "they",
            "the",
            "um",
            "uh",
            "like",
            "you",
            "know",
            "maybe",
            "was",
            "told",
            "me",
            "to",
            "fixed",
            "it",
            "a",
            "lot",
            "of",
        ],
        ",",
        ".",
        "...",
        "—",
        "’",
        "'s",
        "I'm",
        "don’t",
        "$8,000",
        "0.3%",
        "🙂",
        "שלום",
        "İ",
        "ﬁ",
    ]
)


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(pieces, max_size=60).map(" ".join)),
    st.sampled_from([*SECTIONS, "encore"]),
)
def test_any_text_is_heard_and_every_quote_stands_where_it_says(text: str, section: str) -> None:
    transcript = Transcript.from_text(text)
    findings = find_weak_phrases(transcript, section, RULES)
    assert all(
        transcript.text[finding.start_char : finding.end_char] == finding.quote
        for finding in findings
    )
    assert list(findings) == sorted(findings, key=lambda finding: finding.start_char)


@settings(deadline=None)
@given(st.lists(pieces, max_size=60).map(" ".join), st.sampled_from(SECTIONS))
def test_findings_of_one_category_never_overlap(text: str, section: str) -> None:
    findings = find_weak_phrases(Transcript.from_text(text), section, RULES)
    for one, other in pairwise(findings):
        assert one.category != other.category or one.end_char <= other.start_char


@pytest.mark.parametrize(
    ("section", "text", "found"),
    [
        (
            "action",
            "I messaged Platform on Slack. They took care of it.",
            [
                ("handoff", "I messaged Platform on Slack"),
                ("handoff", "They took care of it"),
            ],
        ),
        (
            "action",
            "I handed the pull request over to Platform.",
            [("handoff", "I handed the pull request over to Platform")],
        ),
        ("action", "I left the rest to Platform.", [("handoff", "I left the rest to Platform")]),
        ("action", "After that we wrote a small fix.", [("we_language", "we wrote a small fix")]),
        ("action", "After that, we wrote a small fix.", [("we_language", "we wrote a small fix")]),
        (
            "situation",
            "Every now and then the pump stopped for quite a while.",
            [
                ("vague_quantity", "Every now and then"),
                ("vague_quantity", "for quite a while"),
            ],
        ),
        ("result", "We shipped 12 boxes on the promised day.", []),
    ],
)
def test_these_ways_of_saying_it_are_heard(
    section: str, text: str, found: list[tuple[str, str]]
) -> None:
    findings = find_weak_phrases(Transcript.from_text(text), section, load_rules())
    said = [(finding.category, finding.quote) for finding in findings]
    assert [one for one in said if one[0] not in ("no_metric", "missing_boundary")] == found
