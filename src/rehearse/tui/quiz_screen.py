"""A quiz on a terminal screen: one question, its options, and why one of them is right."""

from collections.abc import Callable
from queue import SimpleQueue
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Key as KeyPress
from textual.widgets import Footer, Label, OptionList, Static

from rehearse.errors import RehearseError
from rehearse.events import Asking, Event, Marked, Offered, VoiceFailed
from rehearse.ports import Replies
from rehearse.printable import printable
from rehearse.quiz import chosen_option
from rehearse.scenario import Scenario

Fill = Callable[[Replies, Callable[[Event], None]], None]
"""A quiz that is ready to go: it blocks, and tells what happens."""

_QUIT = "q"
_ENTER = ""
_MOST_BY_ONE_KEY = 9


class ScreenReplies:
    """What the screen hands over from its thread to the quiz's."""

    def __init__(self) -> None:
        self._typed: SimpleQueue[str] = SimpleQueue()

    def type(self, text: str) -> None:
        self._typed.put(text)

    def is_reply_waiting(self) -> bool:
        return not self._typed.empty()

    def reply(self, digits: int) -> str | None:  # noqa: ARG002 - the screen gathers them
        return self._typed.get()

    def pause(self) -> bool:
        """Until the candidate has read."""
        while (typed := self._typed.get()) not in (_ENTER, _QUIT):
            pass
        return typed == _ENTER


class QuizApp(App[RehearseError]):
    """Asks, marks, and ends by itself after the last question."""

    TITLE = "rehearse"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "go_on", "Next"),
        ("q,escape", "leave", "Stop, keep what there is"),
    ]
    CSS = """
    #frame { width: 100%; max-width: 100; height: 1fr; padding: 1 2; }
    #number { text-style: bold; margin-top: 1; }
    #question { margin-bottom: 1; }
    OptionList { height: auto; max-height: 60%; }
    #verdict { text-style: bold; margin-top: 1; }
    #verdict.right { color: $text-success; }
    #verdict.wrong { color: $text-error; }
    #next { margin-top: 1; }
    #notice { color: $warning; }
    """

    def __init__(self, scenario: Scenario, fill: Fill) -> None:
        super().__init__()
        self._scenario = scenario
        self._fill = fill
        self._replies = ScreenReplies()
        self._digits = ""

    def compose(self) -> ComposeResult:
        scenario = self._scenario
        heading = " · ".join(filter(None, (scenario.name, scenario.company, scenario.principle)))
        with Vertical(id="frame"):
            yield Label(printable(heading), id="heading", markup=False)
            yield Label("", id="number", markup=False)
            yield Static("", id="question", markup=False)
            yield OptionList(id="options", markup=False)
            yield Label("", id="verdict", markup=False)
            yield Static("", id="why", markup=False)
            yield Static("", id="next", markup=False)
            yield Static("", id="notice", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.run_worker(self._hold, thread=True, exit_on_error=False)

    def on_unmount(self) -> None:
        self._replies.type(_QUIT)

    def on_key(self, event: KeyPress) -> None:
        if event.character and event.character.isdecimal() and not self._options.disabled:
            self._press_digit(event.character)

    def _press_digit(self, digit: str) -> None:
        """Answers at once, unless a longer number may be meant: then it moves the cursor there."""
        options = self._options.option_count
        if options <= _MOST_BY_ONE_KEY:
            self._replies.type(digit)
            return
        longer = chosen_option(self._digits + digit, options)
        self._digits = self._digits + digit if longer else digit
        number = longer or chosen_option(digit, options)
        if number:
            self._options.highlighted = number - 1

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._replies.type(str(event.option_index + 1))

    def action_go_on(self) -> None:
        self._replies.type(_ENTER)

    def action_leave(self) -> None:
        self._replies.type(_QUIT)

    async def action_quit(self) -> None:
        """Ctrl-Q leaves as `q` does."""
        self.action_leave()

    def action_help_quit(self) -> None:
        """Ctrl-C too: whoever presses it wants no question in return."""
        self.action_leave()

    @property
    def _options(self) -> OptionList:
        return self.query_one("#options", OptionList)

    def _hold(self) -> None:
        error = None
        try:
            self._fill(self._replies, self._tell)
        except RehearseError as caught:
            error = caught
        if self.is_running:
            self.call_from_thread(self.exit, error)

    def _tell(self, event: Event) -> None:
        if self.is_running:
            self.call_from_thread(self._show, event)

    def _show(self, event: Event) -> None:
        match event:
            case Asking(section, question):
                self._show_question(section, question)
            case Offered(_, number, option):
                self._options.add_option(printable(f"{number}  {' '.join(option.split())}"))
            case Marked(_, chosen, answer, why):
                self._show_verdict(chosen, answer, why)
            case VoiceFailed(reason):
                self._put("notice", reason)
            case _:
                pass

    def _show_question(self, section: str, question: str) -> None:
        number = section.rpartition("-")[2]
        self._put("number", f"QUESTION {number} of {len(self._scenario.quiz)}")
        self._put("question", question)
        for widget in ("verdict", "why", "notice"):
            self._put(widget, "")
        self._put("next", "Press the number of the right answer, or choose it with Enter.")
        self._options.clear_options()
        self._digits = ""
        self._options.disabled = False
        self._options.focus()

    def _show_verdict(self, chosen: int, answer: int, why: str) -> None:
        is_right = chosen == answer
        verdict = self.query_one("#verdict")
        verdict.set_class(is_right, "right").set_class(not is_right, "wrong")
        self._put(
            "verdict",
            f"{chosen} is right." if is_right else f"{chosen} is not it: {answer} is right.",
        )
        self._put("why", why)
        self._put("next", "Enter: go on.")
        self._options.disabled = True
        self.set_focus(None)

    def _put(self, widget: str, text: str) -> None:
        self.query_one(f"#{widget}", Static).update(printable(text))


def quiz_on_screen(scenario: Scenario, fill: Fill) -> None:
    """Holds the quiz on the screen until it is over or the candidate leaves.

    Raises whatever RehearseError ended it.
    """
    error = QuizApp(scenario, fill).run()
    if error is not None:
        raise error
