"""What every scenario that ships must hold, whoever wrote it."""

import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from rehearse import __version__
from rehearse.adapters.scenario_library import check_scenario
from rehearse.analysis import judge_weak_answer
from rehearse.feedback.coverage import cover
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.feedback.section import judge_section
from rehearse.interview import probe_prompts, step_prompts
from rehearse.scenario import STAR_TARGETS_S
from rehearse.session import SessionInfo, sum_up
from rehearse.transcript import Transcript
from tests.sessions import SECONDS_PER_WORD, spoken

FOLDER = Path(__file__).parents[1] / "scenarios"
SCENARIOS = {file.stem: check_scenario(file) for file in sorted(FOLDER.glob("*.yaml"))}
SHARED_RUN_WORDS = 8
LEAST_SHARE_OF_TARGET = 0.5
LEAST_SHARE_OF_FLAWS = 0.5
"""How many of the flaws in a weak answer the rules must see; the rest takes a person."""


@pytest.fixture(params=SCENARIOS.values(), ids=SCENARIOS.keys())
def scenario(request):
    return request.param


def spoken_s(text):
    return len(text.split()) * SECONDS_PER_WORD


@cache
def judged_step(prompt, text):
    return judge_section(prompt, spoken(text), load_rules(), f"takes/{prompt.section}-1.wav")


def told(scenario, level=None, lens=None):
    """The session of somebody who says the strong example of every step."""
    steps = zip(step_prompts(scenario), scenario.steps, strict=True)
    sections = [judged_step(prompt, step.strong) for prompt, step in steps]
    info = SessionInfo(
        id=None,
        scenario=scenario.name,
        mode="steps",
        level=level,
        lens=lens,
        rehearse_version=__version__,
    )
    return sum_up(info, sections, load_rules(), scenario)


def cases(names_of):
    """One case for each part of each scenario."""
    return [
        pytest.param(scenario, name, id=f"{scenario.name}-{name}")
        for scenario in SCENARIOS.values()
        for name in names_of(scenario)
    ]


def bare(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


def texts(value):
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def runs(scenario):
    """Every stretch of so many words that stands in one of the scenario's texts."""
    for text in texts(msgspec.to_builtins(scenario, enc_hook=str)):
        words = bare(text).split()
        for start in range(len(words) - SHARED_RUN_WORDS + 1):
            yield " ".join(words[start : start + SHARED_RUN_WORDS])


def weaknesses(text, section):
    found = find_weak_phrases(Transcript.from_text(text), section, load_rules())
    return [(finding.category, finding.quote) for finding in found]


def missing(value, *fields):
    return [field for field in fields if not getattr(value, field)]


def test_the_worked_example_ships():
    assert "webhook-drop" in SCENARIOS


def test_every_system_of_a_scenario_is_filled(scenario):
    header = missing(scenario, "company", "principle", "overview", "takeaways", "vocabulary")
    parts = missing(scenario, "levels", "probes", "weak_answer", "quiz", "lenses")

    assert header + parts == []


def test_the_steps_are_star_and_reflection_with_the_usual_targets(scenario):
    assert [(step.name, step.target_s) for step in scenario.steps] == list(STAR_TARGETS_S.items())


def test_every_step_can_be_asked_studied_and_graded(scenario):
    fields = ("prompt", "strong", "key_points", "coaching", "mistake")

    assert {step.name: missing(step, *fields) for step in scenario.steps} == {
        name: [] for name in STAR_TARGETS_S
    }


def test_situation_is_cut_off_at_45_seconds(scenario):
    assert scenario.step("situation").limit_s == 45.0


def test_every_strong_example_fits_its_target_and_makes_use_of_it(scenario):
    examples = [(entry.strong, entry.target_s) for entry in scenario.steps]
    examples += [(entry.strong.text, entry.target_s) for entry in scenario.probes]
    unfit = [
        (text, round(spoken_s(text), 1))
        for text, target_s in examples
        if not target_s * LEAST_SHARE_OF_TARGET <= spoken_s(text) <= target_s
    ]

    assert unfit == []


def test_every_key_point_is_said_in_its_strong_example(scenario):
    unsaid = [
        point.phrase
        for step in scenario.steps
        for point in cover(step.key_points, Transcript.from_text(step.strong))
        if not point.said
    ]

    assert unsaid == []


def test_no_graded_phrase_is_whispered_to_the_recogniser(scenario):
    graded = [bare(point) for step in scenario.steps for point in step.key_points]
    expected = [bare(term) for term in scenario.vocabulary]
    given_away = [
        (term, point)
        for term in expected
        for point in graded
        if f" {term} " in f" {point} " or f" {point} " in f" {term} "
    ]

    assert given_away == []


def test_every_level_says_how_long_how_high_and_what_it_learned(scenario):
    assert [missing(level, "bar", "expects", "reflection") for level in scenario.levels] == [
        [] for _ in scenario.levels
    ]


def test_every_probe_shows_a_weak_and_a_strong_reply(scenario):
    assert [
        missing(probe, "probes_for", "asks_when", "weak", "strong") for probe in scenario.probes
    ] == [[] for _ in scenario.probes]


def test_every_key_line_stands_in_its_reply(scenario):
    replies = [probe.strong for probe in scenario.probes]

    assert [reply for reply in replies if reply.key_line not in reply.text] == []


def test_the_weak_answer_is_dissected_and_judged(scenario):
    weak = scenario.weak_answer
    unquoted = [flaw.quote for flaw in weak.flaws if flaw.quote not in weak.text]

    assert (missing(weak, "flaws", "verdict"), unquoted) == ([], [])


def test_every_quiz_answer_is_one_of_its_options(scenario):
    astray = [asked for asked in scenario.quiz if not 1 <= asked.answer <= len(asked.options)]

    assert astray == []


def test_every_quiz_question_has_options_that_differ_and_a_reason(scenario):
    flawed = [
        asked.question
        for asked in scenario.quiz
        if len(set(asked.options)) < len(asked.options) or not asked.why
    ]

    assert flawed == []


def test_every_lens_says_what_to_bring_forward_and_what_to_leave_back(scenario):
    assert [missing(lens, "emphasise", "play_down") for lens in scenario.lenses] == [
        [] for _ in scenario.lenses
    ]


def test_what_a_lens_brings_forward_is_in_the_story(scenario):
    story = Transcript.from_text(" ".join(step.strong for step in scenario.steps))
    absent = [
        point.phrase
        for lens in scenario.lenses
        for point in cover(lens.emphasise, story)
        if not point.said
    ]

    assert absent == []


def test_no_two_scenarios_share_a_run_of_words():
    first_told_in = {}
    shared = [
        (first_told_in[run], name, run)
        for name, scenario in SCENARIOS.items()
        for run in sorted(set(runs(scenario)))
        if first_told_in.setdefault(run, name) != name
    ]

    assert shared == []


def test_no_strong_text_holds_a_weakness(scenario):
    strong = [(probe.strong.text, "probe") for probe in scenario.probes]
    strong += [(level.reflection, "reflection") for level in scenario.levels]
    found = [weakness for text, section in strong for weakness in weaknesses(text, section)]
    found += [
        (finding.category, finding.quote)
        for section in told(scenario).sections
        for finding in section.findings
    ]

    assert found == []


def test_whoever_tells_the_strong_examples_is_hired_in_time_at_some_level(scenario):
    sessions = [told(scenario, level.name) for level in scenario.levels]
    hired = [
        session.session.level
        for session in sessions
        if session.verdict.decision in ("hire", "strong_hire")
        and session.level_test.verdict == "on_target"
    ]

    assert hired != []


def test_every_level_asks_for_no_less_time_than_the_one_before(scenario):
    totals_s = [level.total_s for level in scenario.levels]

    assert totals_s == sorted(totals_s)


@pytest.mark.parametrize(
    ("scenario", "level"),
    cases(lambda scenario: [level.name for level in scenario.levels]),
)
def test_the_lesson_of_every_level_is_as_deep_as_the_level_asks_for(scenario, level):
    steps = [
        msgspec.structs.replace(step, strong=scenario.level(level).reflection)
        if step.name == "reflection"
        else step
        for step in scenario.steps
    ]
    test = told(msgspec.structs.replace(scenario, steps=tuple(steps)), level).reflection_test

    assert (test.kind, test.lacking) == ("specific", ())


def test_every_lens_has_something_to_leave_back_that_it_does_not_bring_forward(scenario):
    astray = [
        lens.name
        for lens in scenario.lenses
        if {*map(bare, lens.emphasise)} & {*map(bare, lens.play_down)}
        or not any(heard.said for heard in told(scenario, lens=lens.name).lens_test.played_down)
    ]

    assert astray == []


@pytest.mark.parametrize(
    ("scenario", "number"),
    cases(lambda scenario: range(1, len(scenario.probes) + 1)),
)
def test_every_weak_reply_shows_what_its_follow_up_asks_about(scenario, number):
    probe = scenario.probes[number - 1]
    found = {category for category, _ in weaknesses(probe.weak.text, "probe")}

    assert found & set(probe.asks_when) != set()


def test_every_strong_reply_answers_its_follow_up_and_every_weak_one_does_not(scenario):
    def answered(prompt, reply):
        section = judge_section(prompt, spoken(reply.text), load_rules(), "takes/probe-1.wav")
        return section.reply.answered

    prompts = probe_prompts(scenario, {}, None)
    told = [
        (probe.question, answered(prompt, probe.weak), answered(prompt, probe.strong))
        for prompt, probe in zip(prompts, scenario.probes, strict=True)
    ]

    assert told == [(probe.question, False, True) for probe in scenario.probes]


def test_the_weak_answer_shows_its_flaws_and_gets_the_verdict_that_is_stated(scenario):
    weak = scenario.weak_answer
    judged = judge_weak_answer(scenario, load_rules())
    spans = [
        (finding.start_char, finding.end_char)
        for section in judged.sections
        for finding in section.findings
        if finding.quote
    ]
    quotes = [(weak.text.index(flaw.quote), flaw.quote) for flaw in weak.flaws if flaw.quote]
    seen = [
        quote
        for begin, quote in quotes
        if any(start < begin + len(quote) and begin < end for start, end in spans)
    ]

    assert judged.verdict.decision == weak.verdict.decision
    assert len(seen) >= len(quotes) * LEAST_SHARE_OF_FLAWS


def test_no_two_scenarios_ask_the_same():
    questions = [bare(scenario.question) for scenario in SCENARIOS.values()]

    assert len(set(questions)) == len(questions)
