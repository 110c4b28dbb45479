from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.adapters.own_scenarios import OwnScenarios
from rehearse.adapters.scenario_library import check_scenario
from rehearse.draft import draft, key_points
from rehearse.errors import UsageError
from rehearse.feedback.coverage import cover
from rehearse.scenario import STAR_TARGETS_S
from rehearse.scenario_yaml import parse
from rehearse.transcript import Transcript

WEBHOOKS = check_scenario(Path(__file__).parents[1] / "scenarios" / "webhook-drop.yaml")
STORY = " ".join(step.strong for step in WEBHOOKS.steps)


def test_a_blank_draft_is_sound_and_has_the_usual_steps():
    scenario = parse(draft("my-story"), "my-story.yaml")

    assert [(step.name, step.target_s, step.strong) for step in scenario.steps] == [
        (name, target_s, "") for name, target_s in STAR_TARGETS_S.items()
    ]


def test_every_word_of_a_told_story_stands_in_one_of_its_steps():
    scenario = parse(draft("my-story", Transcript.from_text(STORY)), "my-story.yaml")

    assert " ".join(step.strong for step in scenario.steps) == STORY
    assert all(step.strong and step.key_points for step in scenario.steps)


def test_proposed_key_points_are_numbers_and_deeds_in_the_speakers_own_words():
    text = "I pulled the delivery logs and counted. Losses fell from 3% to zero. It was late."

    assert key_points(text) == ("I pulled the delivery logs", "from 3% to zero")


def test_whatever_is_proposed_counts_as_said():
    points = key_points(STORY)

    assert points
    assert all(point.said for point in cover(points, Transcript.from_text(STORY)))


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=200))
def test_a_draft_of_any_text_is_sound(text):
    told = Transcript.from_text(text)

    assert parse(draft("my-story", told), "my-story.yaml").name == "my-story"


def test_a_draft_lies_where_scenarios_are_found_and_is_never_written_over(tmp_path):
    shelf = OwnScenarios(tmp_path / "scenarios", taken=("webhook-drop",))
    file = shelf.add("my-story", draft("my-story"))

    assert check_scenario(file).name == "my-story"
    with pytest.raises(UsageError) as caught:
        OwnScenarios(tmp_path / "scenarios", taken=("my-story",)).add("my-story", "")
    assert str(caught.value) == (
        'There is a scenario "my-story" already, and nothing is written over it. '
        "Choose another name."
    )


@pytest.mark.parametrize("name", ["My story", "../up", "", "a--b", "a" * 61])
def test_a_name_that_no_scenario_can_have_is_refused(tmp_path, name):
    with pytest.raises(UsageError) as caught:
        OwnScenarios(tmp_path, taken=()).check_free(name)

    assert str(caught.value) == (
        f'"{name}" cannot be the name of a scenario. Use a-z, 0-9 and single dashes, '
        "at most 60 characters: my-story."
    )
