"""The one thing to fix first: a wall of findings helps nobody the week before an interview."""

from collections.abc import Iterator, Sequence

import msgspec

from rehearse.feedback.section import Section
from rehearse.scenario import Category

WORST_FIRST: tuple[Category | str, ...] = (
    "silent",
    "not_answered",
    "handoff",
    "no_metric",
    "we_language",
    "over_limit",
    "vague_result",
    "assigned",
    "missing_boundary",
    "blame",
    "generic_reflection",
    "over",
    "passive",
    "hedge",
    "vague_quantity",
)
"""What an interviewer forgives least comes first: who did it and what it brought decide, wording
does not."""


class FixFirst(msgspec.Struct, frozen=True):
    """Where the worst weakness lies, and what to do about it."""

    section: str
    advice: str


def fix_first(sections: Sequence[Section]) -> FixFirst | None:
    """None where there is nothing that matters much."""
    candidates = [each for section in sections for each in _weaknesses(section)]
    if not candidates:
        return None
    return min(candidates, key=lambda each: each[0])[1]


def _weaknesses(section: Section) -> Iterator[tuple[int, FixFirst]]:
    for finding in section.findings:
        if finding.category in WORST_FIRST:
            quote = f"“{finding.quote}”. " if finding.quote else ""
            yield _ranked(finding.category, section, f"{quote}{finding.instead}")
    if section.reply and not section.reply.answered and section.transcript.words:
        missing = [each.text for each in section.reply.sought if not each.found]
        say = (
            f"Say {' and '.join(missing)}"
            if missing
            else "Say what you did, and leave the rest out"
        )
        yield _ranked("not_answered", section, f"{say}: the follow-up was not answered.")
    match section.verdict:
        case "silent":
            yield _ranked("silent", section, "No speech was heard. Check the microphone.")
        case "over" | "over_limit" as verdict:
            advice = f"Come in {section.overrun_s:.0f} s sooner: leave out what the point can do without."
            yield _ranked(verdict, section, advice)


def _ranked(weakness: str, section: Section, advice: str) -> tuple[int, FixFirst]:
    return WORST_FIRST.index(weakness), FixFirst(section.name, advice)
