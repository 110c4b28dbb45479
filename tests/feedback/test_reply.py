"""Replies to follow-ups: a shipped scenario's own, and others in fresh words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sessions import spoken

from rehearse.adapters.scenario_library import check_scenario
from rehearse.feedback.coverage import KeyPoint
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.reply import Fault, ReplyTest, Sought
from rehearse.feedback.section import judge_section
from rehearse.interview import Prompt, probe_prompts
from rehearse.scenario import Probe, StrongReply, WeakReply
from rehearse.transcript import Hearing, Transcript

SCENARIO = check_scenario(Path(__file__).parents[2] / "scenarios" / "webhook-drop.yaml")
WEBHOOKS = probe_prompts(SCENARIO, {}, None)
MEASURED = Probe(
    question="How do you know that it worked?",
    probes_for="Whether you counted.",
    asks_when=("no_metric",),
    weak=WeakReply(text="My supervisor nodded during the spring meeting.", why="No number."),
    strong=StrongReply(text="I counted the late trays.", key_line="I counted the late trays"),
)


def judged(probe, text):
    prompt = Prompt("probe-1", "probe", probe.question, 45.0, 67.5, probe.key_points, probe)
    return judge_section(prompt, spoken(text), load_rules())


@pytest.mark.parametrize("prompt", WEBHOOKS)
def test_the_strong_reply_of_a_shipped_follow_up_answers_it(prompt):
    section = judge_section(prompt, spoken(prompt.probe.strong.text), load_rules())

    assert section.reply.answered
    assert all(point.said for point in section.key_points)
    assert section.reply.faults == ()


@pytest.mark.parametrize("prompt", WEBHOOKS)
def test_the_weak_reply_of_a_shipped_follow_up_does_not(prompt):
    section = judge_section(prompt, spoken(prompt.probe.weak.text), load_rules())

    assert not section.reply.answered
    assert section.reply.quote in prompt.probe.weak.text


def test_the_key_line_in_other_words_is_an_answer():
    section = judged(MEASURED, "Well, I counted all the trays that were late.")

    said = "counted all the trays that were late."
    assert section.key_points == (KeyPoint("I counted the late trays", said=True, quote=said),)
    assert (section.reply.answered, section.reply.quote) == (True, said)


def test_what_was_lacking_made_good_is_an_answer_without_the_key_line():
    section = judged(MEASURED, "Late meals fell from twelve a day to two within a month.")

    assert section.reply == ReplyTest(
        probes_for="Whether you counted.",
        answered=True,
        quote="Late meals fell from twelve a day to two within a month.",
        sought=(
            Sought(
                "a figure that was measured",
                found=True,
                quote="Late meals fell from twelve a day to two within a month.",
            ),
        ),
    )


def test_the_weak_reply_in_its_own_words_is_no_answer_whatever_number_it_holds():
    section = judged(
        MEASURED, "My supervisor nodded during the spring meeting, all 40 minutes of it."
    )

    assert section.reply == ReplyTest(
        probes_for="Whether you counted.",
        answered=False,
        quote="My supervisor nodded during the spring meeting, all 40 minutes of it.",
        sought=(
            Sought(
                "a figure that was measured",
                found=True,
                quote="My supervisor nodded during the spring meeting, all 40 minutes of it.",
            ),
        ),
        faults=(
            Fault(
                None, "My supervisor nodded during the spring meeting, all 40 minutes of it.", 1.0
            ),
        ),
    )


@pytest.mark.parametrize(
    ("place", "answered", "text"),
    [
        (0, True, "I brought a finished fix and not just a complaint, and I sat with them."),
        (0, True, "I sent her a pull request with tests, I chased the review and deployed it."),
        (0, False, "I told their manager, he said they'd look into it, and later it was fixed."),
        (0, False, "We worked with Platform and it got deployed in the end."),
        (1, True, "I'd write down a delivery promise, because neither team had promised a rate."),
        (1, False, "I would communicate better with the stakeholders and plan more."),
        (1, False, "Nothing really, I think it went well."),
        (2, True, "I ran the same query before and after: from point three percent to nothing."),
        (2, False, "I looked at the graphs and the numbers had gone down a lot."),
        (3, True, "Small shops were paying for our bug and nobody had picked it up."),
        (3, False, "My manager suggested that I take a look since I had some time."),
        (3, False, "It was interesting to me and it was a quiet week."),
        (3, False, "No."),
    ],
)
def test_replies_in_other_words_are_told_apart(place, answered, text):
    hearing = Hearing(Transcript.from_text(text))

    assert judge_section(WEBHOOKS[place], hearing, load_rules()).reply.answered is answered


def test_silence_is_no_answer():
    section = judge_section(WEBHOOKS[0], Hearing(Transcript(), (), 9.0), load_rules())

    assert not section.reply.answered
    assert section.reply.quote is None


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_is_judged(text):
    section = judge_section(WEBHOOKS[0], Hearing(Transcript.from_text(text)), load_rules())

    assert section.reply.quote is None or section.reply.quote in section.transcript.text
