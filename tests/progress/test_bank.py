"""The story bank: which stories serve which principle, and what was told."""

from datetime import UTC, date, datetime, timedelta

import msgspec
from tests.sessions import booked

from rehearse.progress.bank import Story, bank_of
from rehearse.progress.history import history_of
from rehearse.progress.sitting import Sitting, Told
from rehearse.scenario import Lens

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
STORY = msgspec.structs.replace(
    booked("lost-parcels").booking.scenario,
    company="Amazon",
    principle="Earn Trust",
    lenses=(Lens(name="bias-for-action", angle="At once."), Lens(name="user-focus", angle="Who.")),
)
STEP, PROBE = Told(name="task", words=9), Told(name="probe-1", kind="probe", words=9)


def sitting(day, *told, **facts):
    known = {"id": f"s{day}", "scenario": "lost-parcels", "mode": "steps", "rules": 70}
    began = BEGAN + timedelta(days=day)
    return Sitting(**known | {"started_at": began, "rehearse_version": "1", "told": told} | facts)


def test_a_story_serves_its_own_principle_and_that_of_each_lens():
    sittings = [sitting(1, STEP), sitting(2, STEP, lens="user-focus"), sitting(3, STEP, PROBE)]

    bank = bank_of([STORY], sittings)

    assert bank.principles == {
        "Earn Trust": (Story("lost-parcels", None, 2, BEGAN + timedelta(days=3)),),
        "Bias for Action": (Story("lost-parcels", "bias-for-action", 0, None),),
        "User Focus": (Story("lost-parcels", "user-focus", 1, BEGAN + timedelta(days=2)),),
    }
    assert bank.untold == ("Bias for Action",)
    assert bank.without_story[:2] == ("Customer Obsession", "Ownership")
    assert not {"Earn Trust", "Bias for Action"} & {*bank.without_story}


def test_a_quiz_and_follow_ups_alone_do_not_tell_the_story():
    bank = bank_of([STORY], [sitting(1, mode="quiz", quiz_asked=3), sitting(2, PROBE)])

    assert bank.principles["Earn Trust"] == (Story("lost-parcels", None, 0, None),)


def test_only_what_was_told_can_have_been_judged_otherwise():
    def judged_otherwise(*sittings):
        return history_of(sittings, [], date(2026, 3, 9)).judged_otherwise

    quiz = sitting(3, mode="quiz", rules=0, model=None)
    assert judged_otherwise(sitting(1, STEP), sitting(2, STEP), quiz) == 0
    assert judged_otherwise(sitting(1, STEP, rules=60), sitting(2, STEP), quiz) == 1
    assert judged_otherwise(quiz) == 0
