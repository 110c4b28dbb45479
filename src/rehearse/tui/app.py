"""The program on a terminal screen."""

from textual.app import App

from rehearse.booking import Booking
from rehearse.errors import RehearseError
from rehearse.session import Session
from rehearse.tui.rehearsal_screen import Perform, RehearsalScreen
from rehearse.tui.report_screen import ReportScreen


class RehearsalApp(App[Session | RehearseError]):
    """One rehearsal, and its report."""

    TITLE = "rehearse"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, booking: Booking, perform: Perform) -> None:
        super().__init__()
        self._booking = booking
        self._perform = perform

    def on_mount(self) -> None:
        self.push_screen(RehearsalScreen(self._booking, self._perform), self._finished)

    async def action_quit(self) -> None:
        """Ctrl-Q leaves as `q` does: what there is is kept and judged."""
        self._leave()

    def action_help_quit(self) -> None:
        """Ctrl-C too: whoever presses it wants no question in return."""
        self._leave()

    def _leave(self) -> None:
        screen = self.screen
        if isinstance(screen, RehearsalScreen):
            screen.action_press("q")
        else:
            self.exit()

    def _finished(self, session: Session | None) -> None:
        if session is None:
            self.exit()
        else:
            self.push_screen(ReportScreen(session), lambda _: self.exit(session))


def rehearse_on_screen(booking: Booking, perform: Perform) -> Session | None:
    """Runs the screen until the candidate closes the report. None where they left before.

    Raises whatever RehearseError ended the rehearsal.
    """
    outcome = RehearsalApp(booking, perform).run()
    if isinstance(outcome, RehearseError):
        raise outcome
    return outcome
