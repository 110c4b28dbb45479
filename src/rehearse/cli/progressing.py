"""Commands over many sessions: history, plan."""

from typing import TYPE_CHECKING

import click

from rehearse.cli.options import JSON, FilePath
from rehearse.errors import BadInputError
from rehearse.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from rehearse.progress.history import History
    from rehearse.progress.plan import Activity
    from rehearse.scenario import Scenario

MINUTES = 10.0


@click.command()
@click.option("--scenario", metavar="NAME", help="Only the sessions of this scenario.")
@click.option(
    "--last",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many sessions to list one by one.",
)
@click.option(
    "--html", type=FilePath(dir_okay=False), metavar="FILE", help="Write all of it as one page."
)
@JSON
def history(*, scenario: str | None, last: int, html: "Path | None", as_json: bool) -> None:
    """What your sessions tell together: what gets better, what is not covered, and disk use.

    Lately means your last five answers, and before the five before them. A difference that is no
    larger than what your own sessions differ by anyway is called steady.
    """
    from rehearse import shelves
    from rehearse.progress.history import history_of

    sittings = shelves.history_index(_remark).sittings()
    scenarios, _ = shelves.scenario_library().read_all()
    if scenario:
        sittings = [sitting for sitting in sittings if sitting.scenario == scenario]
        scenarios = [found for found in scenarios if found.name == scenario]
        if not sittings and not scenarios:
            raise BadInputError(
                f'There is no scenario "{scenario}", and no session with it. `rehearse list` shows '
                "the scenarios that there are."
            )
    found = history_of(sittings, scenarios, _now().date())
    if html:
        _write_page(html, found)
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(found))
    elif html:
        click.echo(printable(str(html)))
    elif scenario and not sittings:
        click.echo(f"{scenario} was not rehearsed yet: `rehearse run {scenario}`.")
    else:
        from rehearse.report.history import print_history

        print_history(found, last)


@click.command()
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    default=MINUTES,
    show_default=True,
    help="How much time there is.",
)
@JSON
def plan(*, minutes: float, as_json: bool) -> None:
    """What to rehearse today, and why.

    What went badly comes back soon, what went well later. How it went is measured: time, weak
    phrases, key points that were not heard. New stories are begun one at a time.
    """
    from rehearse import shelves
    from rehearse.progress.plan import plan_of

    sittings = shelves.history_index(_remark).sittings()
    scenarios, _ = shelves.scenario_library().read_all()
    found = plan_of(scenarios, sittings, _now(), minutes)
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(found))
    else:
        from rehearse.report.plan import as_text

        click.echo(as_text(found))


def _write_page(file: "Path", found: "History") -> None:
    from rehearse import pages
    from rehearse.report.history_page import as_page

    pages.write_html(file, as_page(found))


def first_today(scenarios: "Sequence[Scenario]") -> "Activity | None":
    """What today's plan begins with, for the home screen."""
    from rehearse import shelves
    from rehearse.progress.plan import plan_of

    sittings = shelves.history_index(lambda _: None).sittings()
    activities = plan_of(scenarios, sittings, _now(), MINUTES).activities
    return activities[0] if activities else None


def _remark(text: str) -> None:
    click.echo(printable(text), err=True)


def _now() -> "datetime":
    from datetime import datetime

    return datetime.now().astimezone()
