"""What the program and its transcription process say to each other: one line of JSON each."""

import msgspec

from rehearse.transcript import Hearing


class Listen(msgspec.Struct, frozen=True, tag=True):
    """Transcribe this take; `vocabulary` is jargon that may occur in it."""

    take: str
    vocabulary: tuple[str, ...] = ()


class Follow(msgspec.Struct, frozen=True, tag=True):
    """This take is about to be recorded: decode what there is of it, until something else is asked.
    There is no reply; a later Listen is answered the sooner.
    """

    take: str
    vocabulary: tuple[str, ...] = ()


class Expect(msgspec.Struct, frozen=True, tag=True):
    """This whole take will be asked for soon: decode it when there is nothing to do before it. There
    is no reply; a later Listen is answered the sooner.
    """

    take: str
    vocabulary: tuple[str, ...] = ()


Request = Listen | Follow | Expect


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The model is loaded."""


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How much of the take has been transcribed, 0 to 1."""

    fraction: float


class Pace(msgspec.Struct, frozen=True, tag=True):
    """How many seconds a second of the take that is followed took to decode."""

    slowness: float


class Heard(msgspec.Struct, frozen=True, tag=True):
    hearing: Hearing


class Failed(msgspec.Struct, frozen=True, tag=True):
    """This take could not be read; the process goes on."""

    message: str


Reply = Ready | Progress | Pace | Heard | Failed
