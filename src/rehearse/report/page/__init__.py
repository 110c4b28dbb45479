"""A session as one page: each word plays its second, each finding is marked and explained.

Knows no disk: `sounds` says where a take is found from where the page will lie.
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import msgspec

from rehearse.feedback.section import Section
from rehearse.progress.comparison import Comparison
from rehearse.report import judged, wording
from rehearse.report.comparison import remarks, unmatched, verdict
from rehearse.report.html import environment, policy
from rehearse.report.numbering import Part, parts
from rehearse.report.page.bars import anchor_of, rows, title_of
from rehearse.report.page.marks import Stretch, family_of, stretches
from rehearse.report.page.pace import PaceCurve, pace_curve
from rehearse.report.page.timeline import Timeline, timeline
from rehearse.report.page.tonight import tonight
from rehearse.scenario import Scenario
from rehearse.session import Session


class Reading(msgspec.Struct, frozen=True):
    """What is read under one title: an answer, or a step of it."""

    part: Part
    title: str
    anchor: str
    stretches: tuple[Stretch, ...]


class Shown(msgspec.Struct, frozen=True):
    """One answer as the page shows it: its take, and what was said in it."""

    place: int
    title: str
    section: Section
    readings: tuple[Reading, ...]
    timeline: Timeline | None
    pace: PaceCurve | None
    sound: str | None


class Side(msgspec.Struct, frozen=True):
    """An answer or a step that is compared, and the take in which it is heard."""

    shown: Shown
    reading: Reading


def render(
    session: Session, sounds: Mapping[str, str] | None = None, scenario: Scenario | None = None
) -> str:
    """One HTML document that asks nothing of anywhere.

    `sounds` maps a section's `audio` to an address: a path as seen from the page, or the sound
    itself as a data: address. Without it the page is silent. The scenario knows the strong example.
    """
    return _fill(
        "page.html",
        session=session,
        shown=_shown(session, sounds or {}),
        rows=rows(session.sections),
        tonight=tonight(session, scenario),
    )


def render_comparison(
    comparison: Comparison,
    sessions: tuple[Session, Session],
    sounds: tuple[Mapping[str, str], Mapping[str, str]],
) -> str:
    """Both sessions on one page, the earlier first, each with its own sound."""
    before = _shown(sessions[0], sounds[0])
    after = _shown(sessions[1], sounds[1], first_place=len(before))
    earlier, later = _sides(before), _sides(after)
    pairs = [(pair, earlier[pair.before], later[pair.after]) for pair in comparison.pairs]
    heard = {
        side.shown.place for _, *both in pairs for side in both if not side.reading.part.is_step
    }
    in_steps = {side.shown.place for _, *both in pairs for side in both} - heard
    return _fill(
        "compare.html",
        comparison=comparison,
        title=sessions[1].session.scenario or "Two answers",
        pairs=pairs,
        whole=[each for each in (*before, *after) if each.place in in_steps],
        unmatched=[*unmatched(comparison)],
        has_sound=any(each.sound for each in (*before, *after)),
    )


def _sides(shown: Iterable[Shown]) -> list[Side]:
    """In the order of the parts of a sitting."""
    return [Side(each, reading) for each in shown for reading in each.readings]


def _fill(template: str, **values: Any) -> str:
    from markupsafe import Markup

    style, script = (
        files(__name__).joinpath(name).read_text(encoding="utf-8")
        for name in ("page.css", "page.js")
    )
    templates = environment("page")
    templates.filters.update(
        clock=wording.clock,
        duration=wording.duration,
        family=family_of,
        told=verdict,
        remarks=remarks,
    )
    return templates.get_template(template).render(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy(style, script),
        wording=wording,
        judged=judged,
        **values,
    )


def _shown(session: Session, sounds: Mapping[str, str], first_place: int = 0) -> list[Shown]:
    each = zip(session.sections, parts(session), strict=True)
    return [
        _show(place, section, of_section, sounds)
        for place, (section, of_section) in enumerate(each, start=first_place)
    ]


def _show(
    place: int,
    section: Section,
    of_section: tuple[Part, ...],
    sounds: Mapping[str, str],
) -> Shown:
    times = timeline(section, [each for part in of_section for each in part.found])
    return Shown(
        place=place,
        title=title_of(section),
        section=section,
        readings=tuple(
            Reading(part, title_of(part.section), anchor_of(place, nth), stretches(part))
            for nth, part in enumerate(of_section)
        ),
        timeline=times,
        pace=pace_curve(section, times.length_s) if times else None,
        sound=sounds.get(section.audio or ""),
    )
