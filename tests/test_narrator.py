"""The lines on stderr, as the outside contract writes them."""

import pytest

from rehearse.events import (
    Asking,
    Kept,
    LimitPassed,
    Recording,
    Saved,
    TargetPassed,
    Transcribing,
)
from rehearse.narrator import line_of, narrator


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Asking("situation", "What was\n  the situation?"), "asking: situation: What was the situation?"),
        (Recording("situation", 30.0), "recording: situation: target 30 s"),
        (Recording("probe-1", 7.5), "recording: probe-1: target 7.5 s"),
        (Recording("probe-1", None), "recording: probe-1"),
        (TargetPassed("situation"), "target: situation"),
        (LimitPassed("situation"), "limit: situation"),
        (Kept("situation", 31.24), "kept: situation: 31.2 s"),
        (Transcribing("situation", 0.4), "transcribing: situation: 40%"),
        (Transcribing("situation", 1.0), "transcribing: situation: 100%"),
        (Saved("20260301-093005-webhook-drop"), "saved: 20260301-093005-webhook-drop"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)  # fmt: skip
def test_an_event_is_one_line(event, line):
    assert line_of(event) == line


def lines_told(capsys, *events, plain=True):
    with narrator(plain=plain) as tell:
        for event in events:
            tell(event)
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_each_event_is_told_as_a_line_on_stderr(capsys):
    told = lines_told(capsys, Recording("task", 20.0), TargetPassed("task"), Kept("task", 21.0))

    assert told == "recording: task: target 20 s\ntarget: task\nkept: task: 21.0 s\n"


def test_each_line_is_out_before_the_next_event(capsys):
    with narrator(plain=True) as tell:
        tell(TargetPassed("task"))
        assert capsys.readouterr().err == "target: task\n"


def test_a_wait_is_told_of_where_its_percentage_has_moved(capsys):
    told = lines_told(
        capsys,
        *(Transcribing("task", fraction) for fraction in (0.0, 0.001, 0.3, 0.3, 0.304, 1.0)),
    )

    assert told == "transcribing: task: 0%\ntranscribing: task: 30%\ntranscribing: task: 100%\n"


def test_lines_are_told_wherever_stderr_is_no_terminal(capsys):
    assert lines_told(capsys, LimitPassed("task"), plain=False) == "limit: task\n"


def test_a_prompt_or_a_files_name_cannot_steer_the_terminal(capsys):
    told = lines_told(
        capsys, Asking("task", "\x1b]0;owned\x07Why?\nsaved: x"), Transcribing("\x1b[2Ja.wav", 0.5)
    )

    assert told == (
        "asking: task: \ufffd]0;owned\ufffdWhy? saved: x\ntranscribing: \ufffd[2Ja.wav: 50%\n"
    )
