from datetime import UTC, datetime

from tests.sessions import section, session_of

from rehearse.progress.follow_ups import Before, before
from rehearse.progress.sitting import in_brief

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)


def sitting(name, *sections):
    return in_brief("id", session_of(*sections, scenario=name), BEGAN, 0)


def probe(name):
    return section(name, "I counted it.", kind="probe")


STEP = section("action", "Basically we rolled back the release.")


def test_the_questions_of_each_sitting_stand_newest_first_and_the_last_story_is_remembered():
    sittings = [
        sitting("parcels", probe("first")),
        sitting("parcels", STEP),
        sitting("parcels", probe("second"), probe("third")),
        sitting("other", probe("fourth"), section("action", "They fixed it.")),
    ]

    assert before(sittings, "parcels") == Before(
        (
            frozenset({"What about the second?", "What about the third?"}),
            frozenset({"What about the first?"}),
        ),
        {"we_language": 1},
    )


def test_whoever_comes_for_the_first_time_was_asked_nothing():
    assert before([sitting("other", STEP)], "parcels") == Before()
