"""Plays seconds of a take on the loudspeaker."""

from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from rehearse import shelves
from rehearse.adapters.sound_card import Loudspeaker, output_devices
from rehearse.adapters.sound_files import read_sound
from rehearse.errors import BadInputError, MissingError, UsageError
from rehearse.feedback.phrases import Finding
from rehearse.feedback.section import Section
from rehearse.recording import RATE_HZ, SAMPLE_BYTES, TakeWriter
from rehearse.report.numbering import as_shown
from rehearse.report.wording import clock, in_words
from rehearse.session import Session

_AROUND_S = 0.8


def play(take: Path, since_s: float, until_s: float, loudspeaker: Loudspeaker) -> None:
    """Returns when it was heard; raises BadInputError, MissingError or DeviceLostError."""
    since, until = (max(0, round(at_s * RATE_HZ)) * SAMPLE_BYTES for at_s in (since_s, until_s))
    with TemporaryDirectory(prefix="rehearse-") as folder:
        wav = Path(folder) / "stretch.wav"
        with TakeWriter(wav) as writer:
            writer.write(_sound(take)[since:until])
        loudspeaker.play(wav)


def play_finding(session: Session, number: int, output_device: str | None) -> None:
    """Plays what was found, with a little before and after; raises UsageError where it has no
    such seconds, MissingError where nothing could play them.
    """
    section, finding = find(session, number)
    if finding.start_s is None or finding.end_s is None or not section.audio:
        raise UsageError(
            f"Finding {number} ({_named(finding)}) has no sound: it is about the whole of "
            f"{section.name}, or its answer came as text."
        )
    take = shelves.session_folders().take(
        str(session.session.id), PurePosixPath(section.audio).name
    )
    if not take.is_file():
        raise BadInputError(f"{take}: this recording is not there any more.")
    if not output_devices():
        raise MissingError(
            "There is no loudspeaker and there are no headphones. Plug some in and try again; what "
            f"was said can be read with `rehearse review {session.session.id}`."
        )
    since_s, until_s = finding.start_s - _AROUND_S, finding.end_s + _AROUND_S
    play(take, since_s, until_s, Loudspeaker(output_device))


def find(session: Session, number: int) -> tuple[Section, Finding]:
    """Raises UsageError, with the findings that there are, where none has this number."""
    findings = {
        each.number: (part.section, each.finding)
        for part in as_shown(session)
        for each in part.findings
    }
    if number not in findings:
        listed = "".join(
            f"\n  {each}  {f'{section.name} {clock(finding.start_s)}'.strip()}  {_named(finding)}"
            for each, (section, finding) in findings.items()
        )
        raise UsageError(
            f"There is no finding {number} in {session.session.id}."
            + (f" There are:{listed}" if listed else " Nothing weak was found in it.")
        )
    return findings[number]


def _named(finding: Finding) -> str:
    quote = f" “{finding.quote}”" if finding.quote else ""
    return f"{in_words(finding.category)}{quote}"


@lru_cache(maxsize=1)
def _sound(take: Path) -> bytes:
    return read_sound(take)
