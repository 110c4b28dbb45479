from datetime import UTC, date, datetime, timedelta

import pytest

from rehearse.progress.sitting import Sitting, Told
from rehearse.progress.trends import Streak, Trend, trends_of

TODAY = date(2026, 3, 10)


def sitting(days_ago=0, *told, **facts):
    began = datetime(2026, 3, 10, 9, tzinfo=UTC) - timedelta(days=days_ago)
    known = {"id": f"s{days_ago}", "scenario": "story", "mode": "steps", "rules": 1}
    return Sitting(**known | {"started_at": began, "rehearse_version": "1", "told": told} | facts)


def over(*overruns_s):
    """The trend of these overruns, one session a day."""
    told = [
        Told(name="task", target_s=20.0, spoken_s=20 + s, overrun_s=s, words=9) for s in overruns_s
    ]
    sittings = [sitting(len(told) - place, each) for place, each in enumerate(told)]
    return trends_of(sittings, TODAY).sections["task"].overrun_s


@pytest.mark.parametrize(
    ("overruns_s", "direction"),
    [
        ((10.0, 11.0, 1.0, 0.0), "better"),
        ((0.0, 1.0, 10.0, 11.0), "worse"),
        ((10.0, 11.0, 9.5, 10.0), "steady"),
        ((0.0, 20.0, 2.0, 14.0), "steady"),
        ((10.0, 0.0, 0.0), "too_few"),
    ],
)
def test_a_difference_within_ones_own_spread_is_no_change(overruns_s, direction):
    assert over(*overruns_s).direction == direction


def test_a_trend_compares_the_last_five_with_the_five_before():
    assert over(99.0, *[10.0] * 5, *[2.0] * 5) == Trend(
        2.0, 10.0, "better", (99.0, *[10.0] * 5, *[2.0] * 5)
    )


def test_pace_is_better_nearer_the_comfortable_band_from_either_side():
    def pace(*wpm):
        told = [Told(name="action", spoken_s=60.0, words=9, pace_wpm=each) for each in wpm]
        return trends_of([sitting(0, each) for each in told], TODAY).sections["action"].pace_wpm

    assert pace(190.0, 190.0, 150.0, 150.0).direction == "better"
    assert pace(90.0, 90.0, 125.0, 125.0).direction == "better"
    assert pace(125.0, 125.0, 160.0, 160.0).direction == "steady"
    assert pace(150.0, 150.0, 190.0, 190.0).direction == "worse"


def test_findings_are_counted_for_each_answer_of_a_section_too():
    told = [
        Told(name="task", words=9, findings=each) for each in ({"hedge": 1}, {"handoff": 3}, {})
    ]

    sections = trends_of([sitting(3 - day, each) for day, each in enumerate(told)], TODAY).sections

    assert sections["task"].findings == {
        "handoff": Trend(1.0, None, "too_few", (0.0, 3.0, 0.0)),
        "hedge": Trend(0.33, None, "too_few", (1.0, 0.0, 0.0)),
    }


def test_a_step_that_was_told_in_one_go_counts_for_its_section_but_not_twice_for_the_session():
    alone = Told(name="task", words=9, findings={"hedge": 2})
    step = Told(name="task", words=9, findings={"hedge": 1})
    whole = Told(name="whole", words=30, findings={"hedge": 1}, steps=(step,))

    trends = trends_of([sitting(1, alone), sitting(0, whole)], TODAY)

    assert trends.sections["task"].weak_phrases.points == (2.0, 1.0)
    assert trends.sections["task"].answers == 2
    assert trends.findings["hedge"].points == (2.0, 1.0)


def test_findings_are_counted_for_each_session_the_most_frequent_first():
    one = Told(name="task", words=9, findings={"hedge": 1, "handoff": 3})
    two = Told(name="result", words=9, findings={"hedge": 1})

    found = trends_of([sitting(1, one, two), sitting(0, two)], TODAY).findings

    assert {name: trend.points for name, trend in found.items()} == {
        "handoff": (3.0, 0.0),
        "hedge": (2.0, 1.0),
    }
    assert list(found) == ["handoff", "hedge"]


def test_days_in_a_row_go_on_until_a_whole_day_has_passed():
    def streak(*days_ago):
        return trends_of([sitting(each) for each in days_ago], TODAY).streak

    assert streak(9, 8, 7, 1) == Streak(1, 3, 1)
    assert streak(3, 2, 1) == Streak(3, 3, 3)
    assert streak(4, 3, 2) == Streak(0, 3, 3)
    assert streak() == Streak(0, 0, 0)
