"""The command that puts a transcript right: correct."""

import click

from rehearse.cli.options import JSON, OUTPUT

SURE_ENOUGH = 0.5


@click.command()
@click.argument("session")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=SURE_ENOUGH,
    show_default=True,
    metavar="0..1",
    help="Ask for the words of which the recogniser is less sure than that.",
)
@click.option("--no-sound", is_flag=True, help="Only show the words.")
@OUTPUT
@JSON
def correct(
    *, session: str, below: float, no_sound: bool, output_device: str | None, as_json: bool
) -> None:
    """Put right what was misheard: doubtful words one by one, each with its sound.

    Enter = it is right; anything else is what you said; - = nothing was said, s = skip,
    q = stop. What the recogniser heard is kept beside it, the session is judged anew, and new terms
    help the recogniser in your next rehearsal of this scenario.
    """
    from rehearse.correcting import Conversation, correct
    from rehearse.printable import printable

    conversation = Conversation(with_sound=not no_sound, output_device=output_device)
    found = correct(session, below, conversation.ask)
    if as_json:
        from rehearse.session import to_json

        click.echo(to_json(found.session))
        return
    click.echo(
        f"{session}: {found.corrected} corrected, {found.confirmed} confirmed, {found.left} left."
    )
    if found.learnt:
        from rehearse import shelves

        file = shelves.own_vocabulary().file(str(found.session.session.scenario))
        click.echo(
            printable(f"From now on the recogniser knows: {', '.join(found.learnt)} ({file}).")
        )
