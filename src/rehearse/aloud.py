"""Reads aloud what else is on the screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event

from rehearse import places
from rehearse.adapters.interviewer import Interviewer
from rehearse.adapters.sound_card import Loudspeaker
from rehearse.adapters.voices import Choice, SpokenPrompts, choose_voice
from rehearse.errors import MissingError
from rehearse.ports import Controls, Key, Speaker


@contextmanager
def reader(voice: Choice, output_device: str | None) -> Iterator[Speaker]:
    """The voice on the loudspeaker. Raises MissingError where one of them is not here."""
    loudspeaker = Loudspeaker(output_device)
    found = choose_voice(voice)
    if found is None:
        raise MissingError(
            "There is no voice to read aloud with. `rehearse doctor` says what to install."
        )
    with SpokenPrompts(found, places.home() / "cache" / "prompts") as prompts:
        yield Interviewer(prompts, loudspeaker)


def read(speaker: Speaker, passages: Sequence[str], controls: Controls) -> None:
    """One passage after the other, until the last is heard or somebody quits.

    Raises MissingError where a passage cannot be said.
    """
    has_quit = Event()

    def is_cut_short() -> bool:
        if controls.pressed() is Key.QUIT:
            has_quit.set()
        return has_quit.is_set()

    for number, passage in enumerate(passages, start=1):
        if is_cut_short():
            return
        speaker.prepare(passages[number : number + 1])
        speaker.say(passage, is_cut_short)
