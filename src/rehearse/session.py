"""One finished sitting, as it is kept: versioned, and every value survives a round trip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from rehearse.errors import BadInputError
from rehearse.feedback.judgement import Yardstick, judge
from rehearse.feedback.lens import LensTest
from rehearse.feedback.level import LevelTest
from rehearse.feedback.ownership import Owned
from rehearse.feedback.phrases import RuleSet
from rehearse.feedback.reflection import ReflectionTest
from rehearse.feedback.result import ResultTest
from rehearse.feedback.section import Section
from rehearse.feedback.totals import Totals, total
from rehearse.feedback.verdict import Verdict
from rehearse.interview import Mode
from rehearse.quiz import QuizAnswer
from rehearse.scenario import Scenario

SCHEMA: Literal[1] = 1


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What was rehearsed, when, and what listened to it. `id` and `started_at` are None for files
    that were analysed without a session.
    """

    id: str | None
    scenario: str | None
    mode: Mode | Literal["quiz"]
    level: str | None = None
    lens: str | None = None
    started_at: datetime | None = None
    model: str | None = None
    rehearse_version: str


class Checked(msgspec.Struct, frozen=True):
    """How much was looked at, so that "nothing found" is not mistaken for "nothing checked"."""

    rules: int
    words: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """The feedback document of `--json` and of `session.json`."""

    schema: Literal[1] = SCHEMA
    session: SessionInfo
    sections: tuple[Section, ...]
    totals: Totals
    result_test: ResultTest | None = None
    ownership: tuple[Owned, ...] = ()
    reflection_test: ReflectionTest | None = None
    level_test: LevelTest | None = None
    lens_test: LensTest | None = None
    verdict: Verdict | None = None
    checked: Checked
    quiz: tuple[QuizAnswer, ...] = ()


def sum_up(
    info: SessionInfo,
    sections: Sequence[Section],
    rules: RuleSet,
    scenario: Scenario | None = None,
) -> Session:
    """The finished document over these sections; the scenario knows the level and the lens."""
    judged = judge(sections, Yardstick(scenario, info.level, info.lens), rules)
    return Session(
        session=info,
        sections=tuple(sections),
        totals=total(sections, judged.ownership),
        result_test=judged.result,
        ownership=judged.ownership,
        reflection_test=judged.reflection,
        level_test=judged.level,
        lens_test=judged.lens,
        verdict=judged.verdict,
        checked=Checked(
            rules=len(rules.rules),
            words=sum(len(section.transcript.words) for section in sections),
        ),
    )


def of_quiz(info: SessionInfo) -> Session:
    """A document without an answer told aloud, for the answers of a quiz."""
    return Session(session=info, sections=(), totals=total(()), checked=Checked(0, 0))


def to_json(session: Session) -> bytes:
    """One line of JSON."""
    return msgspec.json.encode(session)


def from_json(data: bytes, file: str) -> Session:
    """The session that `to_json` wrote; `file` is how messages name it.

    Raises BadInputError where the data are damaged or were written by a newer rehearse.
    """
    try:
        return msgspec.json.decode(data, type=Session)
    except msgspec.ValidationError as error:
        schema = _schema_of(data)
        if schema > SCHEMA:
            raise BadInputError(
                f"{file}: a newer rehearse wrote this session (schema {schema}, this one reads "
                f"{SCHEMA}). Update with `pip install --upgrade rehearse-interview`."
            ) from None
        raise BadInputError(
            f"{file}: this is not a session as rehearse writes it: {error}. "
            "Its takes beside it are untouched; `rehearse analyze` reads them."
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInputError(
            f"{file}: this session is damaged: {error}. "
            "Its takes beside it are untouched; `rehearse analyze` reads them."
        ) from None


class _AnyVersion(msgspec.Struct):
    schema: int = 0


def _schema_of(data: bytes) -> int:
    try:
        return msgspec.json.decode(data, type=_AnyVersion).schema
    except (msgspec.ValidationError, RecursionError):
        return 0
