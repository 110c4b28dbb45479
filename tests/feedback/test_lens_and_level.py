"""The chosen lens and the chosen level, on answers whose seconds are known."""

import msgspec
from tests.sessions import section

from rehearse.feedback.judgement import Yardstick, judge
from rehearse.feedback.lens import Heard
from rehearse.feedback.level import Expected
from rehearse.feedback.own_rules import with_own_rules
from rehearse.feedback.result import Evidence
from rehearse.feedback.ruleset import load_rules
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
    return judge(TOLD, Yardstick(SCENARIO, "lead", "frugality"), load_rules())


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


def test_whose_area_it_was_is_left_to_a_person_where_its_rule_is_switched_off():
    level = Level(
        name="lead",
        total_s=SecondsRange((Seconds(30), Seconds(60))),
        expects=("Says where the border was",),
    )
    by = Yardstick(msgspec.structs.replace(SCENARIO, levels=(level,)), "lead")
    told = [section("task", "The depot's scanners were mine and the belt was the vendor's.")]
    off = with_own_rules(load_rules(), "rules.toml", 'off = ["missing_boundary"]')

    assert [judge(told, by, rules).level.expects[0].met for rules in (load_rules(), off)] == [
        True,
        None,
    ]
