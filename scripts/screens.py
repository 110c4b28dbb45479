"""Takes the pictures in docs/screens: the real screens, told scripted events; the report is the demo's.

    python scripts/screens.py

Needs rsvg-convert (`apt install librsvg2-bin`), ImageMagick's convert, and the font DejaVu Sans Mono.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

from textual.app import App

from rehearse import places, session
from rehearse.adapters.scenario_library import ScenarioLibrary
from rehearse.booking import Booking
from rehearse.events import Asking, Event, Kept, Listening, Recording
from rehearse.interview import step_prompts
from rehearse.ports import Controls, Key
from rehearse.session import Session
from rehearse.tui.app import RehearsalApp
from rehearse.tui.home import Home, HomeApp
from rehearse.tui.rehearsal_screen import Perform

PICTURES = Path(__file__).parents[1] / "docs" / "screens"
SIZES = ((80, 24), (120, 40))
COLOURS = "20"
WIDTH_PX = 800
SETTLING_S = 0.5
LOOKING_S = 0.05
_FONT = ("Fira Code", "DejaVu Sans Mono")
_FONT_SIZE = ("font-size: 20px", "font-size: 20.265px")
"""DejaVu's letters are a little narrower than Fira's, for which the places are computed."""
_KEEP_BLANKS = ("<text ", '<text xml:space="preserve" ')


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    finished = _demo_session()
    for width_char, height_char in SIZES:
        for name, app in _apps(finished):
            svg = asyncio.run(_taken(app, (width_char, height_char)))
            _draw(svg, PICTURES / f"{name}-{width_char}x{height_char}.png")


def _demo_session() -> Session:
    """What the demo says, from real Whisper."""
    with TemporaryDirectory() as home:
        demo = subprocess.run(
            [sys.executable, "-m", "rehearse", "demo", "--json"],
            env=os.environ | {"REHEARSE_HOME": home},
            capture_output=True,
            check=True,
        )
    return session.from_json(demo.stdout, "the demo")


def _apps(finished: Session) -> Iterator[tuple[str, App[Any]]]:
    """A new app for each picture: none can run twice."""
    scenario = ScenarioLibrary(PICTURES, places.shipped_scenarios()).find("webhook-drop")
    booking = Booking(scenario=scenario, prompts=step_prompts(scenario), model="base")
    action, result = booking.prompts[2], booking.prompts[3]
    asked = Asking(action.section, action.question)
    started = (asked, Recording(action.section, action.target_s, action.limit_s))

    def at(elapsed_s: float) -> Listening:
        return Listening(action.section, elapsed_s, peak_db=-18.0)

    def pauses(controls: Controls, tell: Callable[[Event], None]) -> Session:
        for event in (*started, at(88.0), Kept(action.section, 88.1)):
            tell(event)
        controls.between(action, result)
        return finished

    yield "home", HomeApp(_home(scenario))
    yield "recording", RehearsalApp(booking, _telling(finished, *started, at(45.2)))
    yield "over", RehearsalApp(booking, _telling(finished, *started, at(97.0)))
    yield "limit", RehearsalApp(booking, _telling(finished, *started, at(140.0)))
    yield "pause", RehearsalApp(booking, pauses)
    yield "report", RehearsalApp(booking, lambda *_: finished)


def _home(scenario: Any) -> Home:
    return Home(
        scenarios=[scenario],
        practised={scenario.name: datetime(2026, 11, 20, tzinfo=UTC)},
        sessions=["20261120-193012-webhook-drop", "20261118-071544-webhook-drop"],
        unfinished=[],
    )


def _telling(finished: Session, *events: Event) -> Perform:
    """A rehearsal that stands still at the last of these events."""

    def perform(controls: Controls, tell: Callable[[Event], None]) -> Session:
        for event in events:
            tell(event)
        while controls.pressed() is not Key.QUIT:
            sleep(LOOKING_S)
        return finished

    return perform


async def _taken(app: App[Any], size: tuple[int, int]) -> str:
    """The screen as SVG."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause(SETTLING_S)
        svg = app.export_screenshot(simplify=True)
        await pilot.press("q")
    return svg


def _draw(svg: str, file: Path) -> None:
    for before, after in (_FONT, _FONT_SIZE, _KEEP_BLANKS):
        svg = svg.replace(before, after)
    subprocess.run(["rsvg-convert", "-o", file], input=svg.encode(), check=True)
    smaller = ("-strip", "-resize", f"{WIDTH_PX}>", "+dither", "-colors", COLOURS)
    subprocess.run(["convert", file, *smaller, f"PNG8:{file}"], check=True)


if __name__ == "__main__":
    main()
