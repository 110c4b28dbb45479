from datetime import UTC, datetime

import msgspec
import pytest

from rehearse import places
from rehearse.adapters.scenario_library import read_scenario
from rehearse.booking import Booking, KeptTake, Progress, from_json, to_json
from rehearse.interview import step_prompts

BEGAN = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "file", sorted(places.shipped_scenarios().glob("*.yaml")), ids=lambda f: f.stem
)
def test_how_far_a_rehearsal_has_come_survives_a_round_trip(file):
    scenario = read_scenario(file)
    prompts = step_prompts(scenario)
    booking = Booking(scenario=scenario, prompts=prompts, model="base", auto_next_s=2.5)
    progress = Progress(booking, BEGAN, (KeptTake(0, prompts[0], "situation-1.wav", 7),))

    assert from_json(to_json(progress)) == progress


def test_a_damaged_note_is_no_progress():
    with pytest.raises(msgspec.DecodeError):
        from_json(b"{")
