"""A session's document: what comes back, what is refused, and what must open for ever."""

import json
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.corrections import Correction
from rehearse.errors import BadInputError
from rehearse.feedback.coverage import KeyPoint
from rehearse.feedback.cutting import Cut
from rehearse.feedback.fillers import Filler
from rehearse.feedback.phrases import Finding, load_rules
from rehearse.feedback.result import Evidence, ResultTest
from rehearse.feedback.section import Section, SpokenText
from rehearse.feedback.timing import PastTarget
from rehearse.feedback.totals import Totals
from rehearse.feedback.verdict import Because, Verdict
from rehearse.session import (
    Checked,
    Session,
    SessionInfo,
    from_json,
    sum_up,
    to_json,
)
from rehearse.transcript import Span, Word
from tests.sessions import SCHEMA_1, finished_session, holds, section

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
seconds = st.floats(0, 1e4, allow_nan=False)
maybe_seconds = st.none() | seconds
counts = st.integers(0, 10_000)
zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])
of_type = st.from_type


def few(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


def texts_or_none():
    return st.none() | texts


words = st.builds(Word, texts, maybe_seconds, maybe_seconds, st.none() | st.floats(0, 1))
evidence = st.builds(Evidence, st.booleans(), texts_or_none())
findings = st.builds(
    Finding,
    rule=texts,
    category=st.sampled_from(["filler", "we_language", "no_metric"]),
    quote=texts,
    start_char=counts,
    end_char=counts,
    start_s=maybe_seconds,
    end_s=maybe_seconds,
    why=texts,
    instead=texts,
)
verdicts = st.sampled_from([None, "on_target", "over", "over_limit", "short", "silent"])
timings = st.one_of(
    st.fixed_dictionaries({"spoken_s": st.none(), "verdict": st.none()}),
    st.fixed_dictionaries(
        {
            "first_word_s": seconds,
            "spoken_s": seconds,
            "overrun_s": seconds,
            "verdict": verdicts,
        }
    ),
)
untimed = st.builds(
    dict,
    name=texts,
    kind=st.sampled_from(["step", "probe", "whole"]),
    question=texts,
    target_s=st.none() | st.floats(0.1, 1e4),
    limit_s=maybe_seconds,
    recorded_s=maybe_seconds,
    transcript=st.builds(SpokenText, texts, few(words)),
    fillers=few(
        st.builds(Filler, texts, maybe_seconds, maybe_seconds, st.none() | st.floats(0, 1))
    ),
    past_target=st.none() | st.builds(PastTarget, texts, seconds),
    cut=few(st.builds(Cut, texts, seconds, texts)),
    pace_wpm=maybe_seconds,
    pauses=few(st.builds(Span, seconds, seconds)),
    findings=few(findings),
    key_points=few(st.builds(KeyPoint, texts, st.booleans(), texts_or_none())),
    audio=texts_or_none(),
    corrections=few(st.builds(Correction, texts, texts, maybe_seconds, maybe_seconds)),
)
NOTHING_TIMED = {"first_word_s": None, "spoken_s": None, "overrun_s": None, "verdict": None}
sections = st.builds(
    lambda timing, rest: Section(**NOTHING_TIMED | timing | rest), timings, untimed
)


sessions = st.builds(
    Session,
    session=st.builds(
        SessionInfo,
        id=texts_or_none(),
        scenario=texts_or_none(),
        mode=st.sampled_from(["steps", "whole"]),
        level=texts_or_none(),
        lens=texts_or_none(),
        started_at=st.none() | st.datetimes(timezones=zones),
        model=texts_or_none(),
        rehearse_version=texts,
    ),
    sections=few(sections),
    totals=st.builds(
        Totals,
        maybe_seconds,
        maybe_seconds,
        maybe_seconds,
        verdicts,
        maybe_seconds,
        maybe_seconds,
        maybe_seconds,
    ),
    result_test=st.none() | st.builds(ResultTest, evidence, evidence, evidence),
    verdict=st.none()
    | st.builds(
        Verdict,
        st.sampled_from(["strong_hire", "hire", "leaning_no_hire", "no_hire", "not_enough"]),
        texts,
        few(st.builds(Because, texts, texts_or_none(), texts_or_none(), maybe_seconds)),
        texts,
    ),
    checked=st.builds(Checked, counts, counts),
)


@given(sessions)
def test_every_value_survives_being_kept(session):
    assert from_json(to_json(session), "session.json") == session


@given(sessions)
def test_a_document_is_one_line(session):
    assert b"\n" not in to_json(session)


def test_a_session_of_schema_1_opens_for_ever():
    session = from_json(SCHEMA_1.read_bytes(), str(SCHEMA_1))

    assert msgspec.to_builtins(session.session) == {
        "id": "20260301-093005-webhook-drop",
        "scenario": "webhook-drop",
        "mode": "steps",
        "level": "sde2",
        "lens": "ownership",
        "started_at": datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC).isoformat().replace("+00:00", "Z"),
        "model": "base",
        "rehearse_version": "0.1.0",
    }
    assert [part.name for part in session.sections] == ["situation", "probe-1"]
    assert session.verdict.decision == "leaning_no_hire"


def test_nothing_of_a_session_of_schema_1_is_lost_when_it_is_kept_again():
    kept = json.loads(SCHEMA_1.read_bytes())

    again = json.loads(to_json(from_json(SCHEMA_1.read_bytes(), "session.json")))

    assert holds(again, kept)


def test_what_a_later_version_adds_to_schema_1_is_no_fault():
    document = json.loads(to_json(finished_session()))
    document["mood"] = document["sections"][0]["mood"] = "calm"

    assert from_json(json.dumps(document).encode(), "s.json") == finished_session()


def complaint(data):
    with pytest.raises(BadInputError) as caught:
        from_json(data, "takes/../s.json")
    return str(caught.value)


WHOLE = to_json(finished_session())
UNTOUCHED = "Its takes beside it are untouched; `rehearse analyze` reads them."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Input data was truncated"),
        (WHOLE[: len(WHOLE) // 2], "Input data was truncated"),
        (b"\x00\x01\x02", "JSON is malformed: invalid character (byte 0)"),
        (b"hello", "JSON is malformed: invalid character (byte 0)"),
        (WHOLE + b"{}", f"JSON is malformed: trailing characters (byte {len(WHOLE) + 1})"),
        (
            b'{"x":' + b"[" * 100_000,
            "maximum recursion depth exceeded while deserializing an object",
        ),
        (
            WHOLE.replace(b'"webhook-drop"', b'"caf\xe9"'),
            "'utf-8' codec can't decode byte 0xe9 in position 3: unexpected end of data",
        ),
    ],
    ids=["empty", "cut", "binary", "prose", "trailing", "deep", "latin-1"],
)
def test_a_damaged_document_is_named_and_its_takes_are_pointed_to(data, why):
    assert complaint(data) == f"takes/../s.json: this session is damaged: {why}. {UNTOUCHED}"


def without(*path):
    document = json.loads(WHOLE)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    del parent[path[-1]]
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[]", "Expected `object`, got `array`"),
        (b"null", "Expected `object`, got `null`"),
        (b"{}", "Object missing required field `session`"),
        (without("checked", "words"), "Object missing required field `words` - at `$.checked`"),
        (
            without("sections", 1, "name"),
            "Object missing required field `name` - at `$.sections[1]`",
        ),
        (WHOLE.replace(b'"schema":1', b'"schema":0'), "Invalid enum value 0 - at `$.schema`"),
        (
            WHOLE.replace(b'"schema":1', b'"schema":"2"'),
            "Expected `int`, got `str` - at `$.schema`",
        ),
        (
            WHOLE.replace(b'"mode":"steps"', b'"mode":"\\u001b[31m"'),
            "Invalid enum value '\\x1b[31m' - at `$.session.mode`",
        ),
    ],
)
def test_what_is_no_session_is_named_with_the_place(data, why):
    assert complaint(data) == (
        f"takes/../s.json: this is not a session as rehearse writes it: {why}. {UNTOUCHED}"
    )


@pytest.mark.parametrize("document", [b'{"schema":2}', WHOLE.replace(b'"schema":1', b'"schema":2')])
def test_a_session_of_a_newer_version_is_left_alone_and_says_so(document):
    assert complaint(document) == (
        "takes/../s.json: a newer rehearse wrote this session (schema 2, this one reads 1). "
        "Update with `pip install --upgrade rehearse-interview`."
    )


def test_the_result_is_looked_for_in_the_result_step_where_there_is_one():
    info = finished_session().session
    metric = section("situation", "The error rate fell from 3% to 1%.")
    mood = section("result", "The team was happy.")

    with_result = sum_up(info, [metric, mood], load_rules())
    without_one = sum_up(info, [metric], load_rules())

    assert (with_result.result_test.metric_delta.found, without_one.result_test.metric_delta) == (
        False,
        Evidence(found=True, quote="The error rate fell from 3% to 1%"),
    )


def test_what_was_checked_is_counted_over_all_sections():
    session = finished_session(told={"task": "One two three.", "result": "Four five."})

    assert session.checked == Checked(rules=len(load_rules().rules), words=5)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("target_s", 0, "target_s must be positive"),
        ("first_word_s", None, "spoken_s without first_word_s"),
        ("overrun_s", None, "a verdict without spoken_s and overrun_s"),
    ],
)
def test_a_document_that_contradicts_itself_is_no_session(field, value, why):
    document = json.loads(to_json(finished_session()))
    document["sections"][0][field] = value

    assert complaint(json.dumps(document).encode()) == (
        f"takes/../s.json: this is not a session as rehearse writes it: {why} - at `$.sections[0]`. "
        "Its takes beside it are untouched; `rehearse analyze` reads them."
    )
