"""One finished sitting, as it is kept: versioned, and every value survives a round trip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from rehearse.errors import BadInputError
from rehearse.feedback.phrases import RuleSet
from rehearse.feedback.result import ResultTest, judge_result
from rehearse.feedback.section import Section
from rehearse.feedback.totals import Totals, total
from rehearse.interview import Mode
from rehearse.scenario import Decision
from rehearse.transcript import Transcript

SCHEMA: Literal[1] = 1


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What was rehearsed, when, and what listened to it. `id` and `started_at` are None for files
    that were analysed without a session.
    """

    id: str | None
    scenario: str | None
    mode: Mode
    level: str | None = None
    lens: str | None = None
    started_at: datetime | None = None
    model: str | None = None
    rehearse_version: str


class Because(msgspec.Struct, frozen=True):
    """One reason of a verdict, with its evidence."""

    text: str
    quote: str | None
    section: str | None
    start_s: float | None


class Verdict(msgspec.Struct, frozen=True):
    decision: Decision
    principle: str
    because: tuple[Because, ...]
    fix_first: str


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
    verdict: Verdict | None = None
    checked: Checked


def sum_up(info: SessionInfo, sections: Sequence[Section], rules: RuleSet) -> Session:
    """The finished document over these sections."""
    return Session(
        session=info,
        sections=tuple(sections),
        totals=total(sections),
        result_test=judge_result(_told_result(sections)),
        checked=Checked(
            rules=len(rules.rules),
            words=sum(len(section.transcript.words) for section in sections),
        ),
    )


def _told_result(sections: Sequence[Section]) -> Transcript:
    """What was said of the outcome: the result steps, or everything where there is none."""
    results = [section for section in sections if section.name == "result"] or sections
    return Transcript(tuple(word for section in results for word in section.transcript.words))


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
