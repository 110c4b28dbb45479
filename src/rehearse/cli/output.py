"""What commands print: a session in the form that was asked for, and troubles."""

from typing import TYPE_CHECKING

import click

from rehearse.errors import RehearseError
from rehearse.printable import printable

if TYPE_CHECKING:
    from rehearse.session import Session


def complain(error: RehearseError) -> None:
    click.echo(printable(str(error)), err=True)


def print_session(session: "Session | None", *, as_json: bool, markdown: bool) -> None:
    if session is None:
        click.echo("Left before the end. `rehearse resume` goes on.", err=True)
        return
    if as_json:
        from rehearse.session import to_json

        click.echo(to_json(session))
    elif markdown:
        from rehearse.report.markdown import as_markdown

        click.echo(as_markdown(session))
    else:
        from rehearse.report.terminal import print_report

        print_report(session)
