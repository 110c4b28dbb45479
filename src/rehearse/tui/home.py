"""Where one begins: the scenarios, the last sessions, what to do next, and the keys for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Literal

import msgspec
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Footer, Label, OptionList
from textual.widgets.option_list import Option

from rehearse.printable import printable
from rehearse.progress.plan import Activity
from rehearse.report.plan import today
from rehearse.report.wording import duration
from rehearse.scenario import Scenario

LAST_SESSIONS = 8


class Choice(msgspec.Struct, frozen=True):
    """What the user wants to do, and with which scenario or session."""

    what: Literal["run", "show", "challenge", "quiz", "review", "resume"]
    name: str
    options: tuple[str, ...] = ()


class Home(msgspec.Struct, frozen=True):
    """What there is to choose from; sessions with the latest first."""

    scenarios: Sequence[Scenario]
    practised: Mapping[str, datetime]
    sessions: Sequence[str]
    unfinished: Sequence[str]
    today: Activity | None = None
    """What the plan would begin with."""

    @property
    def latest_first(self) -> Sequence[Scenario]:
        """Those that were practised lately in front, for they are practised again."""
        practised = [each for each in self.scenarios if each.name in self.practised]
        practised.sort(key=lambda each: self.practised[each.name], reverse=True)
        return [*practised, *(each for each in self.scenarios if each not in practised)]

    @property
    def advice(self) -> str:
        """What to do next."""
        if self.unfinished:
            return f"Unfinished: {self.unfinished[0]}. Press u to go on with it."
        if self.today:
            return f"Today: {today(self.today)}. Press t to begin."
        return "Nothing is due today. Press Enter to rehearse what you like."


class HomeApp(App[Choice]):
    """Ends with a choice, or with None where the user leaves."""

    TITLE = "rehearse"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        ("t", "today", "Today's plan"),
        ("s", "choose('show')", "Study"),
        ("c", "choose('challenge')", "Challenge"),
        ("z", "choose('quiz')", "Quiz"),
        ("u", "resume", "Go on with the unfinished"),
        Binding("o", "page", "Open the session's page", show=False),
        ("q,escape", "quit", "Leave"),
    ]
    CSS = """
    #advice { margin: 1 2; text-style: bold; }
    Horizontal { height: 1fr; }
    OptionList { border-title-color: $text; border-subtitle-color: $text; }
    #scenarios { width: 3fr; }
    #sessions { width: 2fr; }
    """

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home

    def compose(self) -> ComposeResult:
        home = self._home
        yield Label(printable(home.advice), id="advice", markup=False)
        with Horizontal():
            scenarios = OptionList(
                *(Option(_about(one, home.practised), one.name) for one in home.latest_first),
                id="scenarios",
                markup=False,
            )
            scenarios.border_title = "Scenarios: Enter rehearses"
            yield scenarios
            sessions = OptionList(
                *(Option(_when_and_what(name), name) for name in home.sessions[:LAST_SESSIONS]),
                id="sessions",
                markup=False,
            )
            sessions.border_title = "Sessions: Enter reviews"
            sessions.border_subtitle = "o opens its page"
            yield sessions
        yield Footer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        what: Literal["run", "review"] = "run" if event.option_list.id == "scenarios" else "review"
        self.exit(Choice(what, event.option.id or ""))

    def action_choose(self, what: Literal["show", "challenge", "quiz"]) -> None:
        option = self.query_one("#scenarios", OptionList).highlighted_option
        if option is not None:
            self.exit(Choice(what, option.id or ""))

    def action_help_quit(self) -> None:
        """Ctrl-C leaves at once."""
        self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002
        """A key that would do nothing is not offered."""
        needs = {
            "resume": self._home.unfinished,
            "today": self._home.today,
            "page": self._home.sessions,
        }
        return bool(needs.get(action, True))

    def action_today(self) -> None:
        if self._home.today:
            _, what, name, *options = self._home.today.command.split()
            self.exit(Choice("run" if what == "run" else "challenge", name, tuple(options)))

    def action_page(self) -> None:
        """Of the session that is marked, or of the latest."""
        marked = self.query_one("#sessions", OptionList).highlighted_option
        name = (marked.id if marked else None) or self._home.sessions[0]
        self.exit(Choice("review", name, ("--open",)))

    def action_resume(self) -> None:
        self.exit(Choice("resume", self._home.unfinished[0]))


def choose(home: Home) -> Choice | None:
    """Shows the home screen until something is chosen."""
    return HomeApp(home).run()


def _about(scenario: Scenario, practised: Mapping[str, datetime]) -> str:
    last = practised.get(scenario.name)
    when = f"last {last:%Y-%m-%d}" if last else "not rehearsed yet"
    total = duration(sum(step.target_s for step in scenario.steps))
    principle = f" · {scenario.principle}" if scenario.principle else ""
    question = " ".join(scenario.question.split())
    return printable(f"{scenario.name}{principle} · {total} · {when}\n  {question}")


def _when_and_what(session_id: str) -> str:
    """In two lines, since a narrow screen would break the id in the middle of a word."""
    date, time, scenario = session_id.split("-", 2)
    return printable(f"{date[:4]}-{date[4:6]}-{date[6:]} {time[:2]}:{time[2:4]}\n  {scenario}")
