"""The report after a rehearsal: the same as on the plain terminal, to scroll through."""

from typing import ClassVar

from rich.console import Group
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from rehearse.report.terminal import report
from rehearse.session import Session


class ReportScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("q,escape,enter", "dismiss(None)", "Close")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(Group(*report(self._session)), id="report")
        yield Footer()
