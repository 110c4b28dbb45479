"""The report on a terminal of 80 columns: what it says, and that nothing in it can do harm."""

import io
import re
import time

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console
from tests.sessions import SCHEMA_1, finished_session, section, session_of, spoken

from rehearse.report.terminal import print_report
from rehearse.session import from_json, to_json
from rehearse.transcript import Hearing, Transcript, Word

COLUMNS = 80
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = [
    "\x1b]0;owned\x07\x1b[2J\x1b[31m I did it.\r\x08",
    "\u202ereversed\u202c I did it \u2066now\u2069.",
    "עברית ערבית العربية I did it.",
    "👩‍👩‍👧‍👦 🇩🇪 ☠️ 表示幅 I did it.",
    "[bold red]markup[/] [link=file:///etc/passwd]x[/link] [/] I did it.",
    "**bold** `code` <script>alert(1)</script> | a | b |\n# heading",
    "x" * 500,
    "表" * 300,
    "a\u0301" * 300,
]


def printed(session, *, columns=COLUMNS, **settings):
    stream = io.StringIO()
    print_report(session, Console(file=stream, width=columns, highlight=False, **settings))
    return stream.getvalue()


def lines_of(session):
    return [line.rstrip() for line in printed(session).splitlines()]


def test_each_section_has_its_bar_against_its_target():
    timed = [
        section("situation", " ".join(["word"] * words), target_s=10.0, limit_s=15.0)
        for words in (38, 25, 30, 10, 0)
    ]

    assert lines_of(session_of(*timed))[2:7] == [
        "situation     15/10 s  ████████████████████│██████████  over the limit",
        "situation     10/10 s  ████████████████████│··········  on target",
        "situation     12/10 s  ████████████████████│████······  over",
        "situation      4/10 s  ████████············│··········  short",
        "situation      0/10 s  ····················│··········  silent",
    ]


def test_an_answer_that_came_as_text_is_not_timed():
    hearing = Hearing(Transcript.from_text("I fixed it."))
    lines = lines_of(session_of(section("task", "", hearing=hearing)))

    assert lines[2:4] == ["task        not timed", "3 words, from text: not timed."]


def test_a_finding_shows_its_second_its_words_why_and_what_to_say_instead():
    session = finished_session(told={"result": "The rate fell to 1%. The team was happy."})
    (finding,) = session.sections[0].findings

    lines = lines_of(session)

    place = lines.index(f"  [1] 0:03 vague result “{finding.quote}”")
    assert " ".join(" ".join(lines[place + 1 :]).split()).startswith(
        f"{finding.why} Instead: {finding.instead} "
    )


def test_fillers_are_counted_and_not_listed_one_by_one():
    lines = lines_of(session_of(section("task", "Um, I, um, fixed it, uh, at once.")))

    assert "  Fillers: um 2x, uh 1x; 3 close together at 0:01." in lines
    assert not [line for line in lines if "filler “" in line]


def test_ums_that_come_close_upon_one_another_stand_out():
    hearing = msgspec.structs.replace(
        spoken("I fixed it at once."),
        fillers=tuple(Word("uh", at_s, at_s + 0.2, 0.8) for at_s in (1.2, 1.6, 2.4, 62.0)),
    )
    lines = lines_of(session_of(section("task", "", hearing=hearing)))

    assert "  Fillers: uh 4x; 3 close together at 0:01." in lines


def test_nothing_found_is_not_mistaken_for_nothing_checked():
    session = session_of(section("task", "I owned the fix."))

    assert lines_of(session)[-1] == (
        f"Nothing weak was found: {session.checked.rules} rules were checked over 4 words."
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_line_is_wider_than_the_terminal_and_nothing_steers_it(hostile):
    session = session_of(
        section(hostile, hostile, key_points=(hostile,), target_s=1.0, limit_s=2.0),
        scenario=hostile,
        id=hostile,
        level=hostile,
        lens=hostile,
        model=hostile,
    )

    output = printed(session)

    assert not STEERS.search(output)
    assert max(map(cell_len, output.splitlines())) <= COLUMNS


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_document_from_elsewhere_says_is_harmless_in_every_place(hostile):
    document = SCHEMA_1.read_text(encoding="utf-8")
    for text in ("they fixed it", "I noticed", "ownership", "20260301-093005-webhook-drop"):
        document = document.replace(text, "HOSTILE")
    session = from_json(document.encode(), "s.json")
    escaped = to_json(session).replace(b"HOSTILE", _in_json(hostile))

    output = printed(from_json(escaped, "s.json"))

    assert not STEERS.search(output)
    assert max(map(cell_len, output.splitlines())) <= COLUMNS


def _in_json(text):
    return msgspec.json.encode(text)[1:-1]


def test_markup_in_an_answer_is_shown_as_it_was_said():
    session = session_of(section("task", "[bold red]I[/] fixed [link=x]it[/link]."))

    assert "  [bold red]I[/] fixed [link=x]it[/link]." in lines_of(session)


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_no_color_means_no_colour(environment, is_coloured):
    output = printed(
        finished_session(),
        force_terminal=True,
        _environ={"TERM": "xterm-256color"} | environment,
    )

    assert bool(re.search(r"\x1b\[[\d;]*3\d", output)) is is_coloured


def test_what_is_no_terminal_gets_no_escape_codes():
    assert "\x1b" not in printed(finished_session())


def test_ten_thousand_words_are_reported_whole_and_soon():
    told = "I pulled the delivery logs of every region and, um, everybody read them with me. " * 720
    hearing = spoken(told)
    began_s = time.monotonic()

    output = printed(session_of(section("action", "", hearing=hearing)))

    assert output.count("everybody") >= 720
    assert time.monotonic() - began_s < 20
    assert max(map(cell_len, output.splitlines())) <= COLUMNS


@pytest.mark.parametrize("columns", [20, 40, 200])
def test_the_report_fits_terminals_of_other_widths(columns):
    output = printed(finished_session(), columns=columns)

    assert max(map(cell_len, output.splitlines())) <= columns
