"""Judging a session again: by the words that are known of it, or by words heard anew."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.interview import Prompt
from rehearse.rejudging import judge_again, remembered
from rehearse.session import from_json
from rehearse.shelves import scenario_library
from rehearse.transcript import Hearing, Span, Transcript, Word
from tests.sessions import SCHEMA_1, finished_session, spoken

hundredths = st.integers(1, 60).map(lambda number: number / 100)
SAID = [
    "I",
    "was,",
    "you",
    "know,",
    "on",
    "the",
    "checkout",
    "team",
    "and",
    "we",
    "fixed",
    "it,",
    "basically.",
]


@st.composite
def hearings(draw):
    """Stretches of voice with pauses between, words within, and ums."""
    at_s, words, speech = 0.0, [], []
    for _ in range(draw(st.integers(0, 4))):
        at_s = began_s = round(at_s + draw(hundredths) + draw(hundredths), 2)
        for _ in range(draw(st.integers(1, 4))):
            word = SAID[len(words) % len(SAID)]
            words.append(Word(word, at_s, round(at_s + 0.3, 2), 0.9))
            at_s = round(at_s + 0.3, 2)
        speech.append(Span(began_s, at_s))
    ums = tuple(Word("um", span.start_s, span.start_s, 0.5) for span in speech[1:3])
    return Hearing(Transcript(tuple(words)), tuple(speech), round(at_s + 1, 2), ums)


@settings(deadline=None)  # the first reads the rules
@given(hearings())
def test_what_a_section_remembers_is_judged_as_it_was(hearing):
    prompt = Prompt("action", "step", "What did you do?", 2.0, 3.0, ("fixed it", "no alert"))
    section = judge_section(prompt, hearing, load_rules(), "takes/action-1.wav")

    assert judge_section(prompt, remembered(section), load_rules(), section.audio) == section


def test_an_answer_that_came_as_text_stays_untimed():
    prompt = Prompt("action", "step", "What did you do?", 2.0, 3.0)
    hearing = Hearing(Transcript.from_text("We fixed it."))
    section = judge_section(prompt, hearing, load_rules())

    assert remembered(section) == hearing


def test_a_session_judged_by_the_same_rules_is_the_same():
    scenario = scenario_library().find("webhook-drop")
    once = judge_again(finished_session(), remembered, load_rules(), scenario, "base")

    assert judge_again(once, remembered, load_rules(), scenario, "base") == once


def test_what_was_heard_anew_is_judged_and_the_questions_stay():
    old = finished_session()
    old = msgspec.structs.replace(
        old, sections=tuple(msgspec.structs.replace(each, lost_s=0.5) for each in old.sections)
    )

    new = judge_again(
        old,
        lambda _: spoken("I noticed it. It was basically fine."),
        load_rules(),
        None,
        "small.en",
    )

    kept = ("name", "question", "target_s", "limit_s", "audio", "lost_s")
    for before, after in zip(old.sections, new.sections, strict=True):
        assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
        assert after.transcript.text == "I noticed it. It was basically fine."
        assert [(point.phrase, point.said) for point in after.key_points] == [
            ("I noticed", True),
            ("no alert", False),
        ]
    assert [finding.quote for finding in new.sections[0].findings] == ["basically"]
    assert (new.session.model, new.session.id) == ("small.en", old.session.id)


def test_where_the_scenario_is_gone_its_principle_level_and_lens_stay():
    old = from_json(SCHEMA_1.read_bytes(), "schema-1.json")
    scenario = scenario_library().find("webhook-drop")
    judged = judge_again(old, remembered, load_rules(), scenario, "base")

    again = judge_again(judged, remembered, load_rules(), None, "base")

    assert again == judged
