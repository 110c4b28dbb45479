"""Pages of sessions as files: where their sound is found from there."""

from base64 import b64encode
from pathlib import Path, PurePosixPath

from rehearse import shelves
from rehearse.errors import DiskError
from rehearse.progress.comparison import Comparison
from rehearse.report import page
from rehearse.session import Session

_KINDS = {".wav": "audio/wav", ".flac": "audio/flac"}


def write(session: Session, file: Path | None = None) -> Path:
    """Writes the page, into the session's own folder where no file is named; raises DiskError.

    There the sound plays from beside it. Anywhere else the sound goes inside, for a page that is
    moved or sent must not lose its voice.
    """
    folder = shelves.session_folders().folder(str(session.session.id))
    file = file or folder / "page.html"
    is_beside = file.parent.resolve() == folder.resolve()
    write_html(
        file,
        page.render(session, sounds(session, is_beside=is_beside), shelves.scenario_of(session)),
    )
    return file


def write_comparison(
    comparison: Comparison, before: Session, after: Session, file: Path | None
) -> Path:
    """Into the later session's folder where no file is named. Both sounds go inside: they lie in
    two folders. Raises DiskError.
    """
    folder = shelves.session_folders().folder(comparison.after)
    file = file or folder / f"against-{comparison.before}.html"
    inside_both = sounds(before, is_beside=False), sounds(after, is_beside=False)
    write_html(file, page.render_comparison(comparison, (before, after), inside_both))
    return file


def write_html(file: Path, html: str) -> None:
    """Raises DiskError."""
    try:
        file.write_text(html, encoding="utf-8", errors="replace")
    except OSError as error:
        raise DiskError(
            f"{file}: the page cannot be written: {error.strerror}. Name a file in a folder that "
            "is there and is yours."
        ) from None


def sounds(session: Session, *, is_beside: bool) -> dict[str, str]:
    """For each take that is there its address on the page."""
    folders = shelves.session_folders()
    found = {}
    for section in session.sections:
        if section.audio:
            take = folders.take(str(session.session.id), PurePosixPath(section.audio).name)
            if take.is_file():
                found[section.audio] = f"takes/{take.name}" if is_beside else inside(take)
    return found


def inside(take: Path) -> str:
    """The sound itself as an address."""
    return f"data:{_KINDS[take.suffix]};base64,{b64encode(take.read_bytes()).decode()}"
