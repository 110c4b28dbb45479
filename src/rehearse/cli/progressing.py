"""Commands over many sessions: history, plan."""

from typing import TYPE_CHECKING

import click

from rehearse.cli.options import JSON
from rehearse.printable import printable

if TYPE_CHECKING:
    from datetime import datetime


@click.command()
@click.option("--scenario", metavar="NAME", help="Only the sessions of this scenario.")
@click.option(
    "--last",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many sessions to list one by one.",
)
@JSON
def history(*, scenario: str | None, last: int, as_json: bool) -> None:
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
    found = history_of(sittings, scenarios, _now().date())
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(found))
    else:
        from rehearse.report.history import print_history

        print_history(found, last)


def _remark(text: str) -> None:
    click.echo(printable(text), err=True)


def _now() -> "datetime":
    from datetime import datetime

    return datetime.now().astimezone()
