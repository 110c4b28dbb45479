"""The demo's recorded answers, their words, and the weaknesses that they are there to show."""

import tomllib

import pytest

from rehearse.adapters.sound_files import read_sound
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.places import demo_answers
from rehearse.recording import seconds_of
from rehearse.scenario import STAR_TARGETS_S
from rehearse.transcript import Transcript

ANSWERS = tomllib.loads((demo_answers() / "answers.toml").read_text(encoding="utf-8"))
FILES = {file.stem: file for file in demo_answers().glob("*.opus")}
MOST_BYTES = 700_000
LAST_SILENCE_S = 0.8


@pytest.fixture(scope="module")
def lengths_s():
    return {section: seconds_of(read_sound(file)) for section, file in FILES.items()}


def weaknesses(section):
    text = " ".join(text for _, text in ANSWERS[section])
    found = find_weak_phrases(Transcript.from_text(text), section, load_rules())
    return {finding.category for finding in found}


def test_every_step_of_the_scenario_is_answered_in_words_and_in_sound():
    assert (list(ANSWERS), set(FILES)) == (list(STAR_TARGETS_S), set(STAR_TARGETS_S))


def test_the_answers_together_last_as_long_as_a_told_story(lengths_s):
    assert 130 <= sum(lengths_s.values()) <= 170


def test_each_recording_is_as_long_as_its_words_and_silences_need(lengths_s):
    pace_wpm = {
        section: sum(len(text.split()) for _, text in said)
        / (lengths_s[section] - sum(pause_s for pause_s, _ in said) - LAST_SILENCE_S)
        * 60
        for section, said in ANSWERS.items()
    }

    assert {section: 130 <= pace <= 215 for section, pace in pace_wpm.items()} == dict.fromkeys(
        ANSWERS, True
    )


def test_the_recordings_stay_small_enough_to_ship():
    assert sum(file.stat().st_size for file in FILES.values()) < MOST_BYTES


def test_situation_passes_its_target_and_not_its_limit(lengths_s):
    thinking_s = ANSWERS["situation"][0][0]
    spoken_s = lengths_s["situation"] - thinking_s - LAST_SILENCE_S

    assert STAR_TARGETS_S["situation"] + 10 < spoken_s < 45


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        ("situation", {"filler"}),
        ("action", {"we_language", "handoff", "filler"}),
        ("result", {"vague_result", "no_metric"}),
        ("reflection", {"generic_reflection"}),
    ],
)
def test_each_flawed_answer_shows_its_weaknesses(section, shown):
    assert shown <= weaknesses(section)


def test_task_is_told_well_so_that_praise_is_seen_too():
    assert weaknesses("task") == set()
