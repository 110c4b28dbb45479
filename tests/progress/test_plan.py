from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.progress.test_grading import told

from rehearse.progress.plan import Plan, plan_of
from rehearse.progress.sitting import Sitting
from rehearse.scenario_yaml import parse

NOW = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)
STEPS = "steps: [{name: situation, target: 20s}, {name: task, target: 20s}]"
PROBES = "probes: [{question: Why you?}, {question: What else?, target: 20s}]"


def story(name, rest=""):
    return parse(f"schema: 1\nname: {name}\nquestion: Why?\n{STEPS}\n{rest}\n", "s.yaml")


def sitting(days_ago, *answers, scenario="first", at=NOW):
    return Sitting(
        id="s",
        scenario=scenario,
        mode="steps",
        rules=1,
        rehearse_version="1",
        started_at=at - timedelta(days=days_ago),
        told=answers,
    )


WELL = (told(name="situation"), told(name="task"))
BADLY = told(name="task", verdict="over_limit", overrun_s=15.0, findings={"handoff": 1})


def commands(plan):
    return [activity.command for activity in plan.activities]


TWO = (story("first"), story("second"))


def planned(sittings, scenarios=TWO, minutes=10):
    return plan_of(scenarios, sittings, NOW, minutes)


def test_whoever_has_told_nothing_begins_with_one_story():
    assert commands(planned([])) == ["rehearse run first"]


def test_where_there_is_little_time_as_many_steps_as_fit_are_told_and_one_at_least():
    assert commands(planned([], minutes=1)) == ["rehearse run first --only situation"]
    assert commands(planned([], minutes=0.1)) == ["rehearse run first --only situation"]


def test_what_went_badly_comes_back_before_what_went_well_and_says_why():
    plan = planned([sitting(3, WELL[0], BADLY)], [story("first")])

    assert msgspec.to_builtins(plan.activities[0]) == {
        "scenario": "first",
        "kind": "steps",
        "sections": (
            {
                "name": "task",
                "why": "3 days ago: 15 s over, past the limit, the move was left to somebody else",
                "is_new": False,
                "recall": plan.activities[0].sections[0].recall,
            },
        ),
        "seconds": 60.0,
        "command": "rehearse run first --only task",
    }
    assert plan.activities[0].sections[0].recall < 0.9
    assert plan.next_due > NOW.date()


def test_the_better_it_goes_the_longer_it_rests():
    def rests(answer):
        plan = planned([sitting(0, answer)], [story("first")])
        return plan.next_due - NOW.date()

    good = told(name="task", findings={"hedge": 1})
    assert rests(BADLY) < rests(good) < rests(WELL[1])


def test_a_second_story_is_not_begun_on_the_day_of_the_first():
    assert commands(planned([sitting(0, *WELL)])) == ["rehearse run first --mode whole"]
    assert "rehearse run second" in commands(planned([sitting(1, *WELL)]))


def test_no_new_story_is_begun_while_two_are_still_shaky():
    shaky = [sitting(1, BADLY, scenario=name) for name in ("first", "second")]
    stories = [story(name) for name in ("first", "second", "third")]

    assert not any("third" in each for each in commands(planned(shaky, stories, 60)))
    assert any("third" in each for each in commands(planned(shaky[:1], stories[::2], 60)))


def test_steps_that_were_never_told_come_before_follow_ups():
    plan = planned([sitting(0, WELL[0])], [story("first", PROBES)])

    assert commands(plan) == ["rehearse run first --only task"]


def test_where_all_steps_sit_follow_ups_and_the_whole_are_asked():
    plan = planned([sitting(0, *WELL)], [story("first", PROBES)])

    assert commands(plan) == [
        "rehearse challenge first --probes 2",
        "rehearse run first --mode whole",
    ]


def in_one_go(*steps, **whole):
    return told(name="whole", steps=steps, **whole)


def test_a_step_is_practised_where_it_is_told_in_one_go_too():
    better = planned([sitting(3, *WELL[:1], BADLY), sitting(2, in_one_go(*WELL))], [story("first")])
    untold = planned([sitting(1, in_one_go(*WELL[:1]))], [story("first")])

    assert commands(better) == []
    assert commands(untold) == ["rehearse run first --only task"]


def test_what_went_badly_in_one_go_is_asked_in_one_go_and_not_twice():
    whole = in_one_go(WELL[0], BADLY, verdict="over_limit", overrun_s=15.0)

    assert commands(planned([sitting(3, whole)], [story("first")])) == [
        "rehearse run first --mode whole"
    ]


def test_a_follow_up_is_known_by_its_question_whenever_it_was_asked():
    asked = told(name="probe-1", kind="probe", question="What else?")
    plan = planned([sitting(0, *WELL, asked)], [story("first", PROBES)])

    assert [section.name for section in plan.activities[0].sections] == ["Why you?"]
    assert commands(plan)[0] == "rehearse challenge first --probes 1"


def test_a_day_ends_at_midnight_where_the_user_is():
    late = datetime(2026, 3, 20, 23, 30, tzinfo=timezone(timedelta(hours=2)))
    plan = plan_of([story("first")], [sitting(0, BADLY, at=late)], late, 10)

    assert plan.next_due == date(2026, 3, 21)


answers = st.builds(
    told,
    name=st.sampled_from(["situation", "task", "whole", "elsewhere"]),
    verdict=st.sampled_from([None, "on_target", "over", "over_limit", "short", "silent"]),
    overrun_s=st.none() | st.floats(0, 300),
    spoken_s=st.none() | st.floats(0, 300),
    words=st.integers(0, 500),
)
histories = st.lists(
    st.builds(
        sitting,
        st.integers(-3, 4000),
        answers,
        answers,
        scenario=st.sampled_from(["first", "second", "gone", None]),
    ),
    max_size=12,
)


@given(histories, st.floats(0.1, 100))
def test_any_history_gives_a_plan_within_the_time_and_always_the_same(sittings, minutes):
    ordered = sorted(sittings, key=lambda each: each.started_at)

    plan = planned(ordered, minutes=minutes)

    assert plan == planned(ordered, minutes=minutes)
    parts = sum(len(activity.sections) for activity in plan.activities)
    assert plan.seconds <= minutes * 60 or parts == 1
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan
