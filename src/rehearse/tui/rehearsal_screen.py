"""One rehearsal as the candidate sees it: the question, a large calm clock, and three keys."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Digits, Footer, Label, ProgressBar, Static

from rehearse.booking import Booking
from rehearse.errors import RehearseError
from rehearse.events import (
    Asking,
    Event,
    Kept,
    Listening,
    Recording,
    Retaking,
    Transcribing,
    VoiceFailed,
    Warned,
)
from rehearse.interview import Prompt
from rehearse.ports import Controls, Key
from rehearse.printable import printable
from rehearse.session import Session
from rehearse.tui.clock import Phase, face
from rehearse.tui.keys import ScreenKeys

Perform = Callable[[Controls, Callable[[Event], None]], Session]
"""A rehearsal that is ready to go: it blocks, and tells what happens."""

_QUIETEST_DB = -60


class RehearsalScreen(Screen[Session]):
    """Performs a rehearsal in a thread of its own and is dismissed with its session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "press('enter')", "Done"),
        ("r", "press('r')", "Tell it again"),
        ("q", "press('q')", "Stop, keep what there is"),
    ]
    CSS = """
    RehearsalScreen { align: center middle; }
    #frame { width: 100%; max-width: 100; height: auto; padding: 0 2; }
    #section { text-style: bold; margin-top: 1; }
    #clock { width: 100%; text-align: center; margin-top: 1; }
    #words { width: 100%; text-align: center; }
    #notice { color: $warning; }
    #microphone { width: 100%; height: 1; color: $text-muted; }
    #level { width: 1fr; }
    #level Bar { width: 1fr; }
    RehearsalScreen.soon #clock, RehearsalScreen.soon #words { color: $text-warning; }
    RehearsalScreen.over #clock, RehearsalScreen.over #words { color: $text-error; }
    RehearsalScreen.limit #clock, RehearsalScreen.limit #words {
        color: $text-error; text-style: bold reverse;
    }
    """

    def __init__(self, booking: Booking, perform: Perform) -> None:
        super().__init__()
        self._booking = booking
        self._perform = perform
        self._keys = ScreenKeys(self._paused)
        self._recording: Recording | None = None

    def compose(self) -> ComposeResult:
        scenario = self._booking.scenario
        heading = " · ".join(filter(None, (scenario.name, scenario.company, scenario.principle)))
        with Vertical(id="frame"):
            yield Label(heading, id="heading", markup=False)
            yield Label("", id="section", markup=False)
            yield Static("", id="question", markup=False)
            yield Digits("0:00", id="clock")
            yield Label("", id="words", markup=False)
            with Horizontal(id="microphone"):
                yield Label("microphone ", markup=False)
                yield ProgressBar(
                    total=-_QUIETEST_DB, show_percentage=False, show_eta=False, id="level"
                )
            yield Static("", id="next", markup=False)
            yield Static("", id="notice", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.run_worker(self._rehearse, thread=True, exit_on_error=False)

    def on_unmount(self) -> None:
        self._keys.press(Key.QUIT)

    def action_press(self, key: str) -> None:
        self._keys.press(Key(key))

    def _rehearse(self) -> None:
        try:
            session = self._perform(self._keys, self._tell)
        except RehearseError as error:
            self._on_screen(self.app.exit, error)
        else:
            self._on_screen(self.dismiss, session)

    def _tell(self, event: Event) -> None:
        self._on_screen(self._show, event)

    def _paused(self, answered: Prompt, following: Prompt | None) -> None:
        self._on_screen(self._show_pause, answered, following)

    def _on_screen(self, show: Callable[..., object], *what: object) -> None:
        """Runs in the screen's thread, as long as there is a screen."""
        if self.app.is_running:
            self.app.call_from_thread(show, *what)

    def _show(self, event: Event) -> None:
        match event:
            case Asking(section, question):
                self._put("section", section.upper())
                self._put("question", question)
                self._put("words", "listen")
                self._put("next", "Enter: begin to answer without listening to the end.")
                self._put("notice", "")
                self._recording = None
                self._show_clock(0.0)
            case Recording(section):
                self._recording = event
                self._put("section", f"{section.upper()} · recording")
                self._put("next", "")
            case Listening(_, elapsed_s, peak_db):
                self._show_clock(elapsed_s)
                self._show_level(peak_db)
            case Kept(section, recorded_s):
                self._recording = None
                self._put("section", f"{section.upper()} · not recording")
                self._put("words", f"kept: {recorded_s:.1f} s")
                self._show_phase("calm")
                self._show_level(_QUIETEST_DB)
            case Retaking():
                self._put("notice", "Told again; the earlier take is kept too.")
            case Warned(_, warning):
                self._put("notice", warning)
            case VoiceFailed(reason):
                self._put("notice", reason)
            case Transcribing(section, fraction):
                self._put("words", f"writing down your {section}: {fraction:.0%}")
                self._put("next", "Please wait a moment.")
            case _:
                pass

    def _show_clock(self, elapsed_s: float) -> None:
        recording = self._recording
        shown = face(
            elapsed_s,
            recording.target_s if recording else None,
            recording.limit_s if recording else None,
        )
        self.query_one("#clock", Digits).update(shown.time)
        self._show_phase(shown.phase)
        if recording:
            self._put("words", shown.words)

    def _show_phase(self, now: Phase) -> None:
        for phase in ("soon", "over", "limit"):
            self.set_class(now == phase, phase)

    def _show_level(self, peak_db: float) -> None:
        self.query_one("#level", ProgressBar).update(progress=max(0.0, peak_db - _QUIETEST_DB))

    def _show_pause(self, answered: Prompt, following: Prompt | None) -> None:
        coming = following.section.upper() if following else "the report"
        self._put(
            "next",
            f"Next: {coming}. Enter when you are ready, r to tell {answered.section} again.",
        )

    def _put(self, widget: str, text: str) -> None:
        self.query_one(f"#{widget}", Static).update(printable(text))
