"""What to look at the night before, on one printed page: few words, and those by heart."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from rehearse.feedback.numbers import is_number
from rehearse.feedback.passages import sentences_of
from rehearse.feedback.section import Section
from rehearse.feedback.sentences import words_of
from rehearse.report.numbering import as_shown
from rehearse.scenario import Category, Scenario
from rehearse.session import Session
from rehearse.transcript import Transcript

_MOST_NUMBERS = 8
_MOST_HABITS = 2


class Habit(msgspec.Struct, frozen=True):
    category: Category
    times: int
    quote: str
    instead: str


class Tonight(msgspec.Struct, frozen=True):
    opening: str
    numbers: tuple[str, ...]
    times: tuple[tuple[str, float], ...]
    """Each section with its target in seconds."""
    habits: tuple[Habit, ...]


def tonight(session: Session, scenario: Scenario | None) -> Tonight:
    story = [section for section in session.sections if section.kind != "probe"]
    parts = [part for section in story for part in section.steps or (section,)]
    times = {section.name: section.target_s for section in parts if section.target_s}
    return Tonight(
        opening=_opening(story, scenario),
        numbers=tuple(dict.fromkeys(_numbers(parts)))[:_MOST_NUMBERS],
        times=tuple(times.items()),
        habits=tuple(_habits(session)),
    )


def _opening(story: list[Section], scenario: Scenario | None) -> str:
    """The first sentence of the strong example where there is one, or else one's own."""
    strong = next((step.strong for step in scenario.steps if step.strong), "") if scenario else ""
    told = next((section.transcript.text for section in story if section.transcript.text), "")
    sentences = sentences_of(Transcript.from_text(strong or told))
    return next((passage.quote for _, passage in sentences), "")


def _numbers(story: list[Section]) -> Iterator[str]:
    """The key points that hold one; they are what the story is remembered by."""
    for section in story:
        for point in section.key_points:
            if any(map(is_number, words_of(point.phrase))):
                yield point.phrase


def _habits(session: Session) -> Iterator[Habit]:
    found = [each.finding for part in as_shown(session) for each in part.findings]
    times = Counter(finding.category for finding in found)
    for category, number in times.most_common(_MOST_HABITS):
        first = next(finding for finding in found if finding.category == category)
        yield Habit(category, number, first.quote, first.instead)
