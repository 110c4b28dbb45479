"""A session as one page: each word plays its second, each finding is marked and explained.

Knows no disk: `sounds` says where a take is found from where the page will lie.
"""

from collections.abc import Mapping
from importlib.resources import files

import msgspec

from rehearse.feedback.section import Section
from rehearse.report import judged, wording
from rehearse.report.html import environment, policy
from rehearse.report.numbering import Numbered, numbered
from rehearse.report.page.bars import Bars, bars
from rehearse.report.page.marks import Stretch, family_of, stretches
from rehearse.report.page.pace import PaceCurve, pace_curve
from rehearse.report.page.timeline import Timeline, timeline
from rehearse.report.page.tonight import tonight
from rehearse.scenario import Scenario
from rehearse.session import Session


class Shown(msgspec.Struct, frozen=True):
    """One answer as the page shows it."""

    place: int
    title: str
    section: Section
    findings: tuple[Numbered, ...]
    stretches: tuple[Stretch, ...]
    bars: Bars | None
    timeline: Timeline | None
    pace: PaceCurve | None
    sound: str | None


def render(
    session: Session, sounds: Mapping[str, str] | None = None, scenario: Scenario | None = None
) -> str:
    """One HTML document that asks nothing of anywhere.

    `sounds` maps a section's `audio` to an address: a path as seen from the page, or the sound
    itself as a data: address. Without it the page is silent. The scenario knows the strong example.
    """
    from markupsafe import Markup

    style, script = (
        files(__name__).joinpath(name).read_text(encoding="utf-8")
        for name in ("page.css", "page.js")
    )
    templates = environment("page")
    templates.filters.update(clock=wording.clock, duration=wording.duration, family=family_of)
    return templates.get_template("page.html").render(
        session=session,
        shown=_shown(session, sounds or {}),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=policy(style, script),
        tonight=tonight(session, scenario),
        wording=wording,
        judged=judged,
    )


def _shown(session: Session, sounds: Mapping[str, str]) -> list[Shown]:
    drawn = bars(session.sections)
    return [
        _show(place, section, findings, drawn[place], sounds)
        for place, (section, findings) in enumerate(
            zip(session.sections, numbered(session), strict=True)
        )
    ]


def _show(
    place: int,
    section: Section,
    findings: tuple[Numbered, ...],
    drawn: Bars | None,
    sounds: Mapping[str, str],
) -> Shown:
    times = timeline(section, findings)
    return Shown(
        place=place,
        title=section.name.replace("-", " ").capitalize(),
        section=section,
        findings=tuple(each for each in findings if each.number is not None),
        stretches=stretches(section, findings),
        bars=drawn,
        timeline=times,
        pace=pace_curve(section, times.length_s) if times else None,
        sound=sounds.get(section.audio or ""),
    )
