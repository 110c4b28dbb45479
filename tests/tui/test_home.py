import asyncio
from datetime import UTC, datetime

import pytest
from textual.widgets import OptionList

from rehearse.progress.plan import Activity, Section
from rehearse.scenario_yaml import parse
from rehearse.tui.home import Choice, Home, HomeApp

SCENARIOS = [
    parse(
        f"schema: 1\nname: {name}\nquestion: Why?\nsteps: [{{name: task, target: 20s}}]\n", "s.yaml"
    )
    for name in ("late-order", "lost-parcels")
]
PRACTISED = {
    "late-order": datetime(2026, 11, 20, tzinfo=UTC),
    "lost-parcels": datetime(2026, 11, 2, tzinfo=UTC),
}
TODAY = Activity(
    "late-order",
    "steps",
    (Section("task", "not told yet", is_new=True, recall=None),),
    60.0,
    "rehearse run late-order --only task",
)
FULL = Home(
    SCENARIOS,
    PRACTISED,
    ["20261120-080000-late-order"],
    ["20261119-080000-late-order"],
    TODAY,
)


@pytest.mark.parametrize(
    ("home", "advice"),
    [
        (FULL, "Unfinished: 20261119-080000-late-order. Press u to go on with it."),
        (
            Home(SCENARIOS, PRACTISED, [], [], TODAY),
            "Today: late-order: task (1 min). Press t to begin.",
        ),
        (
            Home(SCENARIOS, PRACTISED, [], []),
            "Nothing is due today. Press Enter to rehearse what you like.",
        ),
    ],
)
def test_what_to_do_next_is_said_first(home, advice):
    assert home.advice == advice


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        (["enter"], Choice("run", "late-order")),
        (["down", "enter"], Choice("run", "lost-parcels")),
        (["down", "s"], Choice("show", "lost-parcels")),
        (["t"], Choice("run", "late-order", ("--only", "task"))),
        (["c"], Choice("challenge", "late-order")),
        (["z"], Choice("quiz", "late-order")),
        (["tab", "enter"], Choice("review", "20261120-080000-late-order")),
        (["o"], Choice("review", "20261120-080000-late-order", ("--open",))),
        (["u"], Choice("resume", "20261119-080000-late-order")),
        (["q"], None),
        (["ctrl+c"], None),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_keys_alone_choose_what_to_do(keys, choice, size):
    async def story():
        app = HomeApp(FULL)
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
        assert app.return_value == choice

    asyncio.run(story())


def test_what_was_practised_lately_stands_in_front_of_what_never_was():
    lately = {"lost-parcels": PRACTISED["lost-parcels"]}

    assert [each.name for each in Home(SCENARIOS, {}, [], []).latest_first] == [
        "late-order",
        "lost-parcels",
    ]
    assert [each.name for each in Home(SCENARIOS, lately, [], []).latest_first] == [
        "lost-parcels",
        "late-order",
    ]


def test_a_narrow_screen_breaks_no_session_and_offers_no_key_in_vain():
    async def story():
        app = HomeApp(Home(SCENARIOS, PRACTISED, ["20261120-081500-late-order"], []))
        async with app.run_test(size=(80, 24)) as pilot:
            session = app.query_one("#sessions", OptionList).get_option_at_index(0)
            assert session.prompt == "2026-11-20 08:15\n  late-order"
            await pilot.press("u")
            assert "resume" not in {key.binding.action for key in app.active_bindings.values()}
            await pilot.press("q")
        assert app.return_value is None

    asyncio.run(story())
