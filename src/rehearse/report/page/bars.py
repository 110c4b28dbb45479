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


def bars(sections: Sequence[Section]) -> list[Bars | None]:
    """None for what was not timed."""
    longest_s = max((_longest_s(section) for section in sections), default=0.0) or 1.0
    return [_bars(section, longest_s * 1.02) for section in sections]


def _longest_s(section: Section) -> float:
    return max(section.spoken_s or 0.0, section.limit_s or 0.0, section.target_s or 0.0)


def _bars(section: Section, scale_s: float) -> Bars | None:
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
