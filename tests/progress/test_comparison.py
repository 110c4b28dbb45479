"""Two sittings side by side: better and worse are told apart from one's own spread."""

from datetime import UTC, datetime

from rehearse.progress.comparison import Change, compare
from rehearse.progress.sitting import Sitting, Told


def sitting(name, *told):
    return Sitting(
        id=name,
        scenario="story",
        started_at=datetime(2026, 3, 1, tzinfo=UTC),
        mode="steps",
        rehearse_version="0",
        rules=1,
        told=told,
    )


def told(overrun_s=0.0, pace_wpm=140.0, findings=None, **more):
    values = {"name": "action", "target_s": 20.0, "spoken_s": 30.0, "words": 70, "points": 4}
    return Told(**values | more, overrun_s=overrun_s, pace_wpm=pace_wpm, findings=findings or {})


def changes(before, after, *others):
    pair = compare(before, after, [before, after, *others]).pairs[0]
    return {change.measure: change for change in pair.changes}


def test_what_changed_by_more_than_anybody_would_notice_is_better_or_worse():
    before = sitting("a", told(12.0, 180.0, {"hedge": 1}, points_said=3))
    after = sitting("b", told(2.0, 150.0, {"we_language": 3}, points_said=2))

    found = changes(before, after)

    assert {name: change.direction for name, change in found.items()} == {
        "seconds over the target": "better",
        "words a minute": "better",
        "fillers a minute": "same",
        "weak phrases": "worse",
        "key points not said": "worse",
    }
    pair = compare(before, after, []).pairs[0]
    assert (pair.gone, pair.new) == (("hedge",), ("we_language",))


def test_a_difference_that_ones_own_takes_show_anyway_is_called_that():
    before, after = sitting("a", told(10.0)), sitting("b", told(4.0))
    others = [sitting(str(over), told(float(over))) for over in (0, 14, 20)]

    found = changes(before, after, *others)["seconds over the target"]

    assert found == Change("seconds over the target", 10.0, 4.0, "within_spread", 7.1)


def test_takes_of_other_stories_are_no_part_of_the_spread():
    before, after = sitting("a", told(10.0)), sitting("b", told(4.0))
    other = [Sitting(**{**_fields(before), "id": str(n), "scenario": "other"}) for n in range(5)]

    assert changes(before, after, *other)["seconds over the target"].spread is None


def _fields(value):
    return {name: getattr(value, name) for name in value.__struct_fields__}


def test_too_little_speech_has_no_rate_and_what_is_in_one_only_is_named():
    before = sitting("a", told(spoken_s=5.0), told(name="task"))
    after = sitting("b", told(spoken_s=5.0), told(name="probe-1", kind="probe", question="Why?"))

    found = compare(before, after, [])

    assert [change.measure for change in found.pairs[0].changes] == [
        "seconds over the target",
        "weak phrases",
        "key points not said",
    ]
    assert (found.only_before, found.only_after) == (("task",), ("Why?",))


def test_the_second_take_of_a_drill_is_compared_with_the_second():
    before = sitting("a", told(1.0), told(9.0))
    after = sitting("b", told(1.0), told(3.0))

    pairs = compare(before, after, []).pairs

    assert [(pair.before, pair.after, pair.changes[0].direction) for pair in pairs] == [
        (0, 0, "same"),
        (1, 1, "better"),
    ]


def test_a_step_told_in_one_go_is_compared_with_an_answer_to_it_alone():
    whole = told(name="whole", steps=(told(9.0), told(name="task")))
    before, after = sitting("a", whole), sitting("b", told(name="task"), told(2.0))

    found = compare(before, after, [before, after])

    assert [(pair.name, pair.before, pair.after) for pair in found.pairs] == [
        ("task", 2, 0),
        ("action", 1, 1),
    ]
    assert (found.only_before, found.only_after) == (("whole",), ())


def test_a_drill_against_itself_is_its_last_take_against_its_first():
    drill = sitting("a", told(12.0), told(8.0), told(name="task"), told(1.0))

    found = compare(drill, drill, [drill])

    assert [(pair.name, pair.before, pair.after) for pair in found.pairs] == [("action", 0, 3)]
    over = found.pairs[0].changes[0]
    assert (over.before, over.after, over.direction) == (12.0, 1.0, "better")
    assert (found.only_before, found.only_after) == ((), ())
