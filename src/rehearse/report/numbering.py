"""The numbers by which findings are named: in the report, on the page, and by `--play`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

import msgspec

from rehearse.feedback.phrases import Finding
from rehearse.feedback.section import Section
from rehearse.report import wording
from rehearse.session import Session


class Numbered(msgspec.Struct, frozen=True):
    """A finding and its number. Fillers are counted together and have none."""

    number: int | None
    finding: Finding

    @property
    def place(self) -> tuple[str, ...]:
        """`[3]` and `0:53`, where it has a number and a second: by its number it can be played."""
        number = f"[{self.number}]" if self.number is not None else ""
        return tuple(filter(None, (number, wording.clock(self.finding.start_s))))


def numbered(session: Session) -> tuple[tuple[Numbered, ...], ...]:
    """For each section its findings, numbered through the whole session."""
    numbers = count(1)
    return tuple(tuple(_numbered(section.findings, numbers)) for section in session.sections)


def _numbered(findings: tuple[Finding, ...], numbers: Iterator[int]) -> Iterator[Numbered]:
    for finding in findings:
        yield Numbered(None if finding.category == "filler" else next(numbers), finding)


def as_shown(session: Session) -> Iterator[tuple[Section, tuple[Numbered, ...]]]:
    """The sections that a report shows one below the other, each with its findings but no fillers."""
    for section, found in zip(session.sections, numbered(session), strict=True):
        listed = tuple(each for each in found if each.number is not None)
        if section.steps:
            yield from _by_steps(section, listed)
        else:
            yield section, listed


def _by_steps(
    whole: Section, found: Sequence[Numbered]
) -> Iterator[tuple[Section, tuple[Numbered, ...]]]:
    """What a step shares with the whole answer has the number that it has there. What is found only
    in one of the two, such as a result without a figure, has none in the step.
    """
    numbers: defaultdict[tuple[str, str, float | None], list[int | None]] = defaultdict(list)
    for each in reversed(found):
        numbers[_mark(each.finding)].append(each.number)
    for section in wording.shown([whole]):
        marks = [(_mark(finding), finding) for finding in wording.worth_showing(section)]
        yield (
            section,
            tuple(
                Numbered(numbers[mark].pop() if numbers[mark] else None, finding)
                for mark, finding in marks
            ),
        )


def _mark(finding: Finding) -> tuple[str, str, float | None]:
    """What a finding keeps where the text around it is cut."""
    return finding.rule, finding.quote, finding.start_s
