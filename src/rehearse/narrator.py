"""Says on stderr what happens while something runs: one line an event, or a progress bar."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rehearse.events import (
    Asking,
    Event,
    Kept,
    LimitPassed,
    Listening,
    Marked,
    Offered,
    Recording,
    Retaking,
    Saved,
    Skipped,
    TargetNear,
    TargetPassed,
    Transcribing,
    VoiceFailed,
    Warned,
)
from rehearse.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from rehearse.adapters.models import Progress as Download
    from rehearse.errors import RehearseError

Tell = Callable[[Event], None]


def line_of(event: Event) -> str | None:  # noqa: C901, PLR0912 - one case for each event
    """The event as the outside contract writes it; None where it is not worth a line."""
    match event:
        case Asking(section, question):
            return f"asking: {section}: {' '.join(question.split())}"
        case VoiceFailed(reason):
            return f"voice: {reason}"
        case Recording(section, None, _):
            return f"recording: {section}"
        case Recording(section, target_s, _):
            return f"recording: {section}: target {target_s:g} s"
        case TargetPassed(section):
            return f"target: {section}"
        case LimitPassed(section):
            return f"limit: {section}"
        case Kept(section, recorded_s):
            return f"kept: {section}: {recorded_s:.1f} s"
        case Listening() | TargetNear():
            return None
        case Warned(section, warning):
            return f"warning: {section}: {warning}"
        case Retaking(section):
            return f"retaking: {section}"
        case Transcribing(section, fraction):
            return f"transcribing: {section}: {fraction:.0%}"
        case Saved(session_id):
            return f"saved: {session_id}"
        case Offered(section, number, option):
            return f"option: {section}: {number}: {' '.join(option.split())}"
        case Marked(section, chosen, answer, why):
            verdict = "right" if chosen == answer else "wrong"
            return f"{verdict}: {section}: {answer} is right. {' '.join(why.split())}".rstrip()
        case Skipped(part, reason):
            return f"skipped: {part}: {reason}"


@contextmanager
def narrator(*, plain: bool) -> Iterator[Tell]:
    """Something to tell events to. Lines where `plain` is asked for or stderr is no terminal."""
    if plain or not sys.stderr.isatty():
        yield _PlainLines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("listening to {task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)


class _PlainLines:
    """Each event as a line, at once; a wait is only told of where its percentage has moved."""

    def __init__(self) -> None:
        self._last: str | None = None

    def __call__(self, event: Event) -> None:
        line = line_of(event)
        if line is not None and line != self._last:
            print(printable(line), file=sys.stderr, flush=True)  # noqa: T201 - this is its purpose
            self._last = line


class _Bar:
    """A bar for the section that is waited for; everything else is fast and needs no words."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._section = ""

    def __call__(self, event: Event) -> None:
        match event:
            case Transcribing(section, fraction):
                self._progress.update(self._task_of(section), completed=fraction)
            case Saved(session_id):
                self._progress.console.print(f"Saved as {session_id}.", highlight=False)
            case Warned() | VoiceFailed() | Skipped():
                self._progress.console.print(printable(line_of(event) or ""), markup=False)
            case _:
                pass

    def _task_of(self, section: str) -> "TaskID":
        if self._task is None or section != self._section:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(printable(section), total=1.0)
            self._section = section
        return self._task


@contextmanager
def download_bar() -> "Iterator[Callable[[Download], None]]":
    """Something to tell of a model's download; bars on a terminal, notes everywhere."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(download: "Download") -> None:
            if download.note:
                print(printable(download.note), file=sys.stderr, flush=True)  # noqa: T201
                return
            title = f"{download.doing}: {download.source}"
            if title not in tasks:
                tasks[title] = progress.add_task(title, total=download.total_bytes)
            progress.update(tasks[title], completed=download.done_bytes, total=download.total_bytes)

        yield tell


@contextmanager
def tidying_bar(takes: int) -> "Iterator[Callable[[str, RehearseError | None], None]]":
    """Something to tell of each take that was made smaller, or could not be; a bar on a terminal,
    lines elsewhere.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.text import Text

    console, on_terminal = Console(stderr=True), sys.stderr.isatty()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not on_terminal, transient=True) as progress:
        task = progress.add_task("compressing", total=takes)

        def tell(take: str, trouble: "RehearseError | None") -> None:
            progress.advance(task)
            if trouble:
                progress.console.print(Text(printable(str(trouble))), soft_wrap=True)
            elif not on_terminal:
                print(printable(f"compressed: {take}"), file=sys.stderr, flush=True)  # noqa: T201

        yield tell
