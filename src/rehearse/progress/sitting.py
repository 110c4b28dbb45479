"""One session in the few facts that many are compared by. Holds no word that was said, save the
questions of follow-ups, by which they are told apart.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from rehearse.feedback.timing import TimeVerdict
from rehearse.interview import Mode, PromptKind
from rehearse.quiz import right_answers
from rehearse.scenario import Category, Decision

if TYPE_CHECKING:
    from rehearse.feedback.section import Section
    from rehearse.session import Session


FEW_SECONDS = 15.0
"""Over less speech than this a rate says nothing: one um in ten seconds is not six a minute."""


class Told(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was measured of one answer. Nothing is timed where it came as text."""

    name: str
    kind: PromptKind = "step"
    question: str = ""
    """Of a follow-up: its name only says when it was asked."""
    target_s: float | None = None
    spoken_s: float | None = None
    overrun_s: float | None = None
    verdict: TimeVerdict | None = None
    words: int = 0
    pace_wpm: float | None = None
    fillers: int = 0
    findings: Mapping[Category, int] = {}
    """How many of each category, fillers left out."""
    points: int = 0
    points_said: int = 0
    steps: tuple["Told", ...] = ()
    """Of an answer told in one go: the steps that it holds."""

    @property
    def is_long(self) -> bool:
        """Whether there is enough of it for a rate."""
        return (self.spoken_s or 0.0) >= FEW_SECONDS

    @property
    def fillers_per_min(self) -> float | None:
        return self.fillers / self.spoken_s * 60 if self.spoken_s else None

    @property
    def weak_phrases(self) -> int:
        return sum(self.findings.values())


class Sitting(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One finished session, in brief."""

    id: str
    scenario: str | None
    started_at: datetime
    mode: Mode | Literal["quiz"]
    level: str | None = None
    lens: str | None = None
    model: str | None = None
    rehearse_version: str
    rules: int
    told: tuple[Told, ...] = ()
    spoken_s: float | None = None
    target_s: float | None = None
    pace_wpm: float | None = None
    fillers_per_min: float | None = None
    i_share: float | None = None
    result_test: tuple[bool, bool, bool] | None = None
    """A changed number, its worth to the business, what followed; None where no result was due."""
    decision: Decision | None = None
    quiz_asked: int = 0
    quiz_right: int = 0
    disk_bytes: int = 0

    @property
    def weak_phrases(self) -> int:
        return sum(told.weak_phrases for told in self.told)

    @property
    def parts(self) -> tuple[Told, ...]:
        """Each answer; one that was told in one go is followed by its steps."""
        return tuple(part for told in self.told for part in (told, *told.steps))


_TELLS_A_RESULT = ("result", "whole")


def in_brief(session_id: str, session: "Session", changed_at: datetime, disk_bytes: int) -> Sitting:
    """`changed_at` is when the document was written: it stands in where no beginning is noted."""
    info, totals = session.session, session.totals
    began = info.started_at or changed_at
    return Sitting(
        id=session_id,
        scenario=info.scenario,
        started_at=began if began.tzinfo else began.astimezone(),
        mode=info.mode,
        level=info.level,
        lens=info.lens,
        model=info.model,
        rehearse_version=info.rehearse_version,
        rules=session.checked.rules,
        told=tuple(map(_told, session.sections)),
        spoken_s=totals.spoken_s,
        target_s=totals.target_s,
        pace_wpm=totals.pace_wpm,
        fillers_per_min=totals.fillers_per_min,
        i_share=totals.i_share,
        result_test=_result_test(session),
        decision=session.verdict.decision if session.verdict else None,
        quiz_asked=len(session.quiz),
        quiz_right=right_answers(session.quiz),
        disk_bytes=disk_bytes,
    )


def _told(section: "Section") -> Told:
    weak = (each.category for each in section.findings if each.category != "filler")
    return Told(
        name=section.name,
        kind=section.kind,
        question=section.question if section.kind == "probe" else "",
        target_s=section.target_s,
        spoken_s=section.spoken_s,
        overrun_s=section.overrun_s,
        verdict=section.verdict,
        words=len(section.transcript.words),
        pace_wpm=section.pace_wpm,
        fillers=len(section.fillers),
        findings=dict(Counter(weak)),
        points=len(section.key_points),
        points_said=_points_said(section),
        steps=tuple(map(_told, section.steps)),
    )


def _points_said(section: "Section") -> int:
    """A follow-up may be answered in other words than its key line."""
    if section.reply and section.reply.answered:
        return len(section.key_points)
    return sum(point.said for point in section.key_points)


def _result_test(session: "Session") -> tuple[bool, bool, bool] | None:
    test = session.result_test
    if test is None or not any(section.name in _TELLS_A_RESULT for section in session.sections):
        return None
    return test.metric_delta.found, test.business_impact.found, test.second_order.found
