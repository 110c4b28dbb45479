"""The chosen lens and the chosen level, on answers whose seconds are known."""

from tests.sessions import section

from rehearse.feedback.judgement import Yardstick, judge
from rehearse.feedback.lens import Heard
from rehearse.feedback.level import Expected
from rehearse.feedback.result import Evidence
from rehearse.scenario import Lens, Level, Scenario, Seconds, SecondsRange, Step

SCENARIO = Scenario(
    schema=1,
    name="parcels",
    question="Why?",
    steps=tuple(
        Step(name=name, target_s=Seconds(20)) for name in ("situation", "action", "result")
    ),
    levels=(
        Level(
            name="lead",
            total_s=SecondsRange((Seconds(30), Seconds(60))),
            expects=(
                "Tells each step with “I”",
                "Gives the number that changed",
                "Says what other depots do differently",
                "Sings while working",
            ),
        ),
    ),
    lenses=(
        Lens(
            name="frugality",
            angle="Open with the result and stay with the money.",
            emphasise=("$400 a week", "no overtime"),
            play_down=("the belt was old", "I called the vendor"),
        ),
    ),
)
TOLD = (
    section("situation", "Lost parcels fell from nine a week to one. The belt was very old."),
    section("action", "I counted every parcel for two weeks. I moved the scanner by a metre."),
    section("result", "That saves $400 a week. Two other depots adopted it as their standard."),
)


def judged():
    return judge(TOLD, Yardstick(SCENARIO, "lead", "frugality"))


def test_a_lens_says_what_was_stressed_and_how_long_its_background_took():
    lens = judged().lens

    assert lens.wants_outcome_first
    assert lens.outcome_first == Evidence(True, "Lost parcels fell from nine a week to one.")
    assert lens.emphasised == (
        Heard("$400 a week", True, "$400 a week.", "result", 1.0, 2.0),
        Heard("no overtime", said=False),
    )
    assert lens.played_down == (
        Heard("the belt was old", True, "belt was very old.", "situation", 4.6, 1.9),
        Heard("I called the vendor", said=False),
    )
    assert lens.played_down_s == 1.9


def test_a_level_says_whether_the_time_fits_and_what_of_the_content_was_found():
    level = judged().level

    assert (level.verdict, level.shortest_s, level.longest_s) == ("short", 30.0, 60.0)
    assert level.expects == (
        Expected("Tells each step with “I”", True, "I counted every parcel for two weeks."),
        Expected("Gives the number that changed", True, "That saves $400 a week"),
        Expected(
            "Says what other depots do differently",
            True,
            "Two other depots adopted it as their standard",
        ),
        Expected("Sings while working"),
    )
