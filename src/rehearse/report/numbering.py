"""What a report shows under one title, and the numbers by which its findings are named: in every
report, on the page, and by `--play`.
"""

from collections.abc import Iterator
from itertools import chain, count
from typing import TYPE_CHECKING

import msgspec

from rehearse.report import wording

if TYPE_CHECKING:
    from rehearse.feedback.phrases import Finding
    from rehearse.feedback.section import Section
    from rehearse.session import Session


class Numbered(msgspec.Struct, frozen=True):
    """A finding and its number. Fillers are counted together and have none."""

    number: int | None
    finding: "Finding"

    @property
    def place(self) -> tuple[str, ...]:
        """`[3]` and `0:53`, where it has a number and a second: by its number it can be played."""
        number = f"[{self.number}]" if self.number is not None else ""
        return tuple(filter(None, (number, wording.clock(self.finding.start_s))))


class Part(msgspec.Struct, frozen=True):
    """An answer, or one step of an answer that was told in one go."""

    section: "Section"
    found: tuple[Numbered, ...]
    is_step: bool

    @property
    def findings(self) -> tuple[Numbered, ...]:
        """Without the fillers: a list of ums teaches nothing."""
        return tuple(each for each in self.found if each.number is not None)

    @property
    def timing(self) -> str:
        return wording.timing(self.section, is_step=self.is_step)


def parts(session: "Session") -> tuple[tuple[Part, ...], ...]:
    """For each answer what is shown of it: one told in one go is followed by its steps."""
    numbers = count(1)
    return tuple(tuple(_parts(section, numbers)) for section in session.sections)


def as_shown(session: "Session") -> Iterator[Part]:
    """All parts, one below the other."""
    return chain.from_iterable(parts(session))


def _parts(section: "Section", numbers: Iterator[int]) -> Iterator[Part]:
    own = _without_steps(section) if section.steps else section
    yield Part(own, tuple(_numbered(own, numbers)), is_step=False)
    for step in section.steps:
        yield Part(step, tuple(_numbered(step, numbers)), is_step=True)


def _without_steps(whole: "Section") -> "Section":
    """What is left to say of an answer told in one go where each of its steps is shown: its clock,
    what it lacks because a step is missing, and what it says again in another step.
    """
    in_steps = {_mark(finding) for step in whole.steps for finding in step.findings}
    of_all = (
        each
        for each in whole.findings
        if each.category == "repetition" or (whole.not_told and not each.quote)
    )
    return msgspec.structs.replace(
        whole,
        transcript=msgspec.structs.replace(whole.transcript, text="", words=()),
        past_target=None,
        fillers=(),
        cut=() if any(step.cut for step in whole.steps) else whole.cut,
        findings=tuple(each for each in of_all if _mark(each) not in in_steps),
        key_points=(),
    )


def _mark(finding: "Finding") -> tuple[str, str, float | None]:
    """What a finding keeps where the text around it is cut."""
    return finding.rule, finding.quote, finding.start_s


def _numbered(section: "Section", numbers: Iterator[int]) -> Iterator[Numbered]:
    for finding in section.findings:
        yield Numbered(None if finding.category == "filler" else next(numbers), finding)
