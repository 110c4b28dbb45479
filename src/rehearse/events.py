"""What happens in a rehearsal, as it is told to whoever shows it."""

import msgspec


class Asking(msgspec.Struct, frozen=True):
    """The interviewer is about to say this."""

    section: str
    question: str


class VoiceFailed(msgspec.Struct, frozen=True):
    """The question can only be read; `reason` says what to do about the voice."""

    reason: str


class Recording(msgspec.Struct, frozen=True):
    """Samples are arriving."""

    section: str
    target_s: float | None
    limit_s: float | None = None


class Listening(msgspec.Struct, frozen=True):
    """How long this section has been recorded, and how loud it is now (dB below full scale)."""

    section: str
    elapsed_s: float
    peak_db: float


class TargetNear(msgspec.Struct, frozen=True):
    """Four fifths of the target have passed."""

    section: str


class TargetPassed(msgspec.Struct, frozen=True):
    section: str


class LimitPassed(msgspec.Struct, frozen=True):
    section: str


class Warned(msgspec.Struct, frozen=True):
    """Something about the sound that the candidate should know now: nothing heard, clipping."""

    section: str
    warning: str


class Kept(msgspec.Struct, frozen=True):
    """The take is complete on disk."""

    section: str
    recorded_s: float


class Retaking(msgspec.Struct, frozen=True):
    """The candidate begins this section again; the take so far stays on disk."""

    section: str


class Transcribing(msgspec.Struct, frozen=True):
    """There is something to wait for; `fraction` of the section's take is done."""

    section: str
    fraction: float


class Saved(msgspec.Struct, frozen=True):
    session_id: str


class Offered(msgspec.Struct, frozen=True):
    """One option of a quiz question, counted from 1."""

    section: str
    number: int
    option: str


class Marked(msgspec.Struct, frozen=True):
    """What was chosen in the quiz, what is right, and why."""

    section: str
    chosen: int
    answer: int
    why: str


class Skipped(msgspec.Struct, frozen=True):
    """A part that was booked and is not held; `reason` says what to do about it."""

    part: str
    reason: str


Event = (
    Asking
    | VoiceFailed
    | Recording
    | Listening
    | TargetNear
    | TargetPassed
    | LimitPassed
    | Warned
    | Kept
    | Retaking
    | Transcribing
    | Saved
    | Offered
    | Marked
    | Skipped
)
