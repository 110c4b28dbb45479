"""The numbers by which findings are named: in the report, on the page, and by `--play`."""

from collections.abc import Iterator
from itertools import count

import msgspec

from rehearse.feedback.phrases import Finding
from rehearse.session import Session


class Numbered(msgspec.Struct, frozen=True):
    """A finding and its number. Fillers are counted together and have none."""

    number: int | None
    finding: Finding


def numbered(session: Session) -> tuple[tuple[Numbered, ...], ...]:
    """For each section its findings, numbered through the whole session."""
    numbers = count(1)
    return tuple(tuple(_numbered(section.findings, numbers)) for section in session.sections)


def _numbered(findings: tuple[Finding, ...], numbers: Iterator[int]) -> Iterator[Numbered]:
    for finding in findings:
        yield Numbered(None if finding.category == "filler" else next(numbers), finding)
