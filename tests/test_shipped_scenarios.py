"""What every scenario that ships must hold, whoever wrote it."""

import re
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from rehearse.feedback.coverage import cover
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.scenario import STAR_TARGETS_S
from rehearse.scenario_yaml import parse
from rehearse.transcript import Transcript

FOLDER = Path(__file__).parents[1] / "scenarios"
SCENARIOS = {
    file.stem: parse(file.read_text(encoding="utf-8"), file.name)
    for file in sorted(FOLDER.glob("*.yaml"))
}
BRISK_WPM = 150
SHARED_RUN_WORDS = 8


@pytest.fixture(params=SCENARIOS.values(), ids=SCENARIOS.keys())
def scenario(request):
    return request.param


def spoken_s(text):
    return len(text.split()) / BRISK_WPM * 60


def bare(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


def texts(value):
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def runs(scenario):
    """Every stretch of so many words that stands in one of the scenario's texts."""
    for text in texts(msgspec.to_builtins(scenario.steps + scenario.probes)):
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


def test_the_file_is_called_what_the_scenario_is_called():
    assert list(SCENARIOS) == [scenario.name for scenario in SCENARIOS.values()]


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


def test_every_strong_example_can_be_spoken_within_its_limit(scenario):
    told = [*scenario.steps, *scenario.probes]
    examples = [(entry.strong, entry) for entry in scenario.steps]
    examples += [(entry.strong.text, entry) for entry in scenario.probes]
    too_long = [text for text, entry in examples if spoken_s(text) > entry.limit_s]

    assert (len(examples), too_long) == (len(told), [])


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
    shared = {
        (one.name, other.name): sorted(set(runs(one)) & set(runs(other)))
        for one, other in combinations(SCENARIOS.values(), 2)
    }

    assert {pair: found for pair, found in shared.items() if found} == {}


def test_no_strong_text_holds_a_weakness(scenario):
    strong = [(step.strong, step.name) for step in scenario.steps]
    strong += [(probe.strong.text, "probe") for probe in scenario.probes]
    strong += [(level.reflection, "reflection") for level in scenario.levels]

    assert [weakness for text, section in strong for weakness in weaknesses(text, section)] == []


def test_the_weak_answer_hands_over_feels_and_measures_nothing(scenario):
    found = {category for category, _ in weaknesses(scenario.weak_answer.text, "whole")}

    assert {"handoff", "vague_result", "no_metric"} <= found
