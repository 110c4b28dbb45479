"""How long each section was, all on one scale: where bar, target and limit end, in percent."""

from collections.abc import Sequence

import msgspec

from rehearse.feedback.section import Section


class Bars(msgspec.Struct, frozen=True):
    within: float
    """What was spoken up to the target."""
    past: float
    """What was spoken after it."""
    target: float | None
    limit: float | None


class Row(msgspec.Struct, frozen=True):
    """One line of the table of times. A step that was found in a whole answer is part of it."""

    anchor: str
    """Where on the page it is read."""
    title: str
    section: Section
    bars: Bars | None
    is_part: bool = False


def rows(sections: Sequence[Section]) -> tuple[Row, ...]:
    """Each section, and after a whole answer the steps that were found in it."""
    timed = [
        (anchor_of(place, nth), section, nth > 0)
        for place, whole in enumerate(sections)
        for nth, section in enumerate((whole, *whole.steps))
    ]
    longest_s = max((_longest_s(section) for _, section, _ in timed), default=0.0) or 1.0
    return tuple(
        Row(anchor, title_of(section), section, _bars(section, longest_s * 1.02), is_part)
        for anchor, section, is_part in timed
    )


def anchor_of(place: int, nth: int = 0) -> str:
    """The name of an answer on the page, or of its nth step."""
    return f"section-{place}-{nth}" if nth else f"section-{place}"


def title_of(section: Section) -> str:
    return section.name.replace("-", " ").capitalize()


def _longest_s(section: Section) -> float:
    return max(section.spoken_s or 0.0, section.limit_s or 0.0, section.target_s or 0.0)


def _bars(section: Section, scale_s: float) -> Bars | None:
    """None for what was not timed."""
    if section.spoken_s is None:
        return None

    def percent(seconds: float) -> float:
        return round(seconds / scale_s * 100, 2)

    target_s, limit_s = section.target_s, section.limit_s
    within_s = min(section.spoken_s, target_s or section.spoken_s)
    return Bars(
        within=percent(within_s),
        past=percent(section.spoken_s - within_s),
        target=None if target_s is None else percent(target_s),
        limit=None if limit_s is None else percent(limit_s),
    )
