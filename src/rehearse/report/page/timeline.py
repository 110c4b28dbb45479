"""One take drawn over its seconds: where everything lies, in hundredths of the width."""

from collections.abc import Iterator, Sequence
from itertools import count, takewhile

import msgspec

from rehearse.feedback.section import Section
from rehearse.report.numbering import Numbered
from rehearse.report.page.marks import Family, borders, family_of
from rehearse.report.wording import clock, in_words
from rehearse.transcript import Span

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
_MOST_LABELS = 8
_LETTER = 0.65
"""The width of a letter where the page is as wide as it gets."""
_NARROWEST = 0.6
"""A mark thinner than this could not be hit with a finger or seen at all."""


class Bar(msgspec.Struct, frozen=True):
    x: float
    width: float
    at_s: float
    label: str
    family: Family | None = None
    number: int | None = None


class Line(msgspec.Struct, frozen=True):
    x: float
    label: str


class Timeline(msgspec.Struct, frozen=True):
    length_s: float
    speech: tuple[Bar, ...]
    pauses: tuple[Bar, ...]
    fillers: tuple[Bar, ...]
    findings: tuple[Bar, ...]
    target: Line | None
    limit: Line | None
    seconds: tuple[Line, ...]
    steps: tuple[Line, ...]
    """Where each step of an answer told in one go begins."""

    @property
    def in_words(self) -> str:
        """What the drawing shows, for those who do not see it."""
        lines = [line.label for line in (self.target, self.limit) if line]
        facts = (
            f"{clock(self.length_s)} long",
            *lines,
            f"{len(self.pauses)} pauses",
            f"{len(self.fillers)} fillers",
            f"{len(self.findings)} findings",
        )
        return f"Timeline: {', '.join(facts)}."


def timeline(section: Section, findings: Sequence[Numbered]) -> Timeline | None:
    """None where nothing was timed, as in an answer that came as text."""
    if not section.spoken_s or section.first_word_s is None:
        return None
    lines = {border.kind: border.at_s for border in borders(section)}
    end_s = section.first_word_s + section.spoken_s
    length_s = max(section.recorded_s or end_s, end_s, lines.get("target", 0.0))
    scale = _Scale(length_s)
    return Timeline(
        length_s=length_s,
        speech=tuple(scale.bar(*span, "speech") for span in _speech(section, end_s)),
        pauses=tuple(scale.pause(pause) for pause in section.pauses),
        fillers=tuple(
            scale.bar(filler.start_s, filler.end_s, filler.text, "filler")
            for filler in section.fillers
            if filler.start_s is not None
        ),
        findings=tuple(
            scale.finding(each)
            for each in findings
            if each.finding.start_s is not None and each.number
        ),
        target=scale.line("target", lines.get("target")),
        limit=scale.line("limit", lines.get("limit")),
        seconds=tuple(scale.seconds()),
        steps=tuple(scale.steps(section.steps)),
    )


class _Scale(msgspec.Struct, frozen=True):
    length_s: float

    def x(self, at_s: float) -> float:
        return round(min(max(at_s / self.length_s, 0.0), 1.0) * 100, 2)

    def bar(
        self,
        start_s: float,
        end_s: float | None,
        label: str,
        family: Family | None = None,
        number: int | None = None,
    ) -> Bar:
        x = self.x(start_s)
        width = max(self.x(start_s if end_s is None else end_s) - x, _NARROWEST)
        return Bar(x, round(min(width, 100 - x), 2), start_s, label, family, number)

    def pause(self, pause: Span) -> Bar:
        return self.bar(pause.start_s, pause.end_s, f"pause of {pause.duration_s:.1f} s")

    def finding(self, each: Numbered) -> Bar:
        found = each.finding
        category = in_words(found.category)
        family = family_of(found.category)
        return self.bar(found.start_s or 0.0, found.end_s, category, family, each.number)

    def line(self, kind: str, at_s: float | None) -> Line | None:
        if at_s is None or at_s > self.length_s:
            return None
        return Line(self.x(at_s), f"{kind} {clock(at_s)}")

    def steps(self, steps: Sequence[Section]) -> Iterator[Line]:
        """A name that would run into the next is left out; its step is read further below."""
        begun = [(self.x(step.first_word_s or 0.0), step.name) for step in steps]
        nexts = (*(x for x, _ in begun[1:]), 100.0)
        for (x, name), next_x in zip(begun, nexts, strict=False):
            yield Line(x, name if next_x - x > _LETTER * (len(name) + 1) else "")

    def seconds(self) -> Iterator[Line]:
        step_s = next((step for step in _STEPS_S if self.length_s / step <= _MOST_LABELS), 1800)
        for at_s in takewhile(lambda at_s: at_s < self.length_s, count(0, step_s)):
            yield Line(self.x(at_s), clock(at_s))


def _speech(section: Section, end_s: float) -> Iterator[tuple[float, float]]:
    """The stretches between the pauses."""
    start_s = section.first_word_s or 0.0
    for pause in section.pauses:
        yield start_s, pause.start_s
        start_s = pause.end_s
    yield start_s, end_s
