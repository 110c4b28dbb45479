import json
from datetime import UTC, datetime

from rehearse.report.catalogue import as_json, as_text
from rehearse.scenario import Scenario, Seconds, Step

STORY = Scenario(
    schema=1,
    name="story",
    company="Amazon",
    principle="Earn Trust",
    question="Tell me\nabout a mistake.",
    steps=(
        Step(name="situation", target_s=Seconds(30), limit=Seconds(40)),
        Step(name="action", target_s=Seconds(90)),
    ),
)
BARE = Scenario(
    schema=1, name="bare", question="Why?", steps=(Step(name="task", target_s=Seconds(20)),)
)
PRACTISED = {"story": datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)}


def test_each_scenario_is_listed_with_its_question_its_steps_and_when_it_was_practised():
    assert as_text([STORY, BARE], PRACTISED) == (
        "story · Amazon · Earn Trust\n"
        "  Tell me about a mistake.\n"
        "  situation 30 s, action 1 min 30 s\n"
        "  last practised: 2026-03-01 09:30\n"
        "\n"
        "bare\n"
        "  Why?\n"
        "  task 20 s\n"
        "  last practised: never"
    )


def test_where_there_is_nothing_to_list_it_says_so():
    assert (as_text([], {}), as_json([], {})) == ("There are no scenarios here.", b"[]")


def test_scripts_read_the_same_with_seconds_and_limits():
    assert json.loads(as_json([STORY, BARE], PRACTISED)) == [
        {
            "name": "story",
            "company": "Amazon",
            "principle": "Earn Trust",
            "question": "Tell me\nabout a mistake.",
            "steps": [
                {"name": "situation", "target_s": 30.0, "limit_s": 40.0},
                {"name": "action", "target_s": 90.0, "limit_s": 135.0},
            ],
            "last_practised": "2026-03-01T09:30:05Z",
        },
        {
            "name": "bare",
            "company": "",
            "principle": "",
            "question": "Why?",
            "steps": [{"name": "task", "target_s": 20.0, "limit_s": 30.0}],
            "last_practised": None,
        },
    ]


def test_a_question_cannot_steer_the_terminal():
    scenario = Scenario(
        schema=1, name="bare", question="Why\u202e?", company="\x1b[2J", steps=BARE.steps
    )

    assert as_text([scenario], {}).split("\n")[:2] == ["bare · \ufffd[2J", "  Why\ufffd?"]
