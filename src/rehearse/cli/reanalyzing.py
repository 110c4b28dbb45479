"""The command that judges old sessions anew: reanalyze."""

import sys
from typing import TYPE_CHECKING

import click

from rehearse.cli.options import JSON, PLAIN
from rehearse.cli.output import complain
from rehearse.errors import ExitCode, RehearseError, UsageError

if TYPE_CHECKING:
    from rehearse.reanalysis import Judged, Reanalyzed


@click.command()
@click.argument("session", required=False)
@click.option("--all", "every", is_flag=True, help="Every session that was finished.")
@click.option(
    "--model",
    metavar="NAME",
    help="Hear the takes with this speech model.  [default: the session's own]",
)
@click.option(
    "--text-only", is_flag=True, help="Keep the words; only the rules are today's. Quick."
)
@PLAIN
@JSON
def reanalyze(
    *,
    session: str | None,
    every: bool,
    model: str | None,
    text_only: bool,
    plain: bool,
    as_json: bool,
) -> None:
    """Judge old sessions by today's rules, and hear their takes again.

    So that sessions of different times can be compared. What you corrected stays corrected, and
    targets and key points stay those of then. The old result stays until the new one is complete.
    """
    from rehearse import reanalysis, shelves

    if bool(session) == every:
        raise UsageError("Name one session, or say --all. `rehearse history` lists them.")
    if text_only and model:
        raise UsageError("--text-only hears nothing, so it goes without --model.")
    names = [session] if session else shelves.session_folders().finished()
    if not names:
        click.echo("No session is finished yet. `rehearse demo` makes one.", err=True)
    done: list[Reanalyzed] = []
    code = ExitCode.DONE
    for outcome in reanalysis.reanalyze(names, model=model, text_only=text_only, plain=plain):
        if isinstance(outcome, RehearseError):
            complain(outcome)
            code = outcome.exit_code
            continue
        done.append(outcome)
        if not as_json:
            click.echo(_line(outcome))
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode({"sessions": done}))
    sys.exit(code)


def _line(outcome: "Reanalyzed") -> str:
    before, after = _facts(outcome.before), _facts(outcome.after)
    changes = [
        f"{name} {old} → {new}"
        for (name, old), (_, new) in zip(before, after, strict=True)
        if old != new
    ]
    return f"{outcome.id}: {', '.join(changes) or 'judged as before'}"


def _facts(judged: "Judged") -> list[tuple[str, str]]:
    from rehearse.report.wording import in_words

    return [
        ("words", str(judged.words)),
        ("fillers", str(judged.fillers)),
        ("weak phrases", str(judged.weak_phrases)),
        ("verdict", in_words(judged.decision or "none")),
    ]
