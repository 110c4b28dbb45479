import html
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sessions import finished_session, section, session_of

from rehearse.feedback.verdict import Because, Verdict
from rehearse.printable import printable
from rehearse.report.markdown import as_markdown

ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~&.()+=-])")


def lines_of(session):
    return as_markdown(session).split("\n")


def test_a_session_is_a_table_and_a_part_for_each_section():
    session = session_of(
        section("task", "I owned the fix.", key_points=("owned", "no ticket")),
        scenario="story",
        level="sde1",
    )

    assert as_markdown(session) == (
        "# story · level sde1\n"
        "\n"
        "| section | spoken | target | over | verdict |\n"
        "|---|---:|---:|---:|---|\n"
        "| task | 1.5 s | 20.0 s | 0.0 s | short |\n"
        "\n"
        "Spoke 2 s of 20 s.\n"
        "\n"
        "No verdict. Not told: situation, action, result, reflection.\n"
        "\n"
        "## Task\n"
        "\n"
        "*What about the task?*\n"
        "\n"
        "Spoke 1.5 s of 20 s: less than half, began after 1.0 s.\n"
        "\n"
        "> I owned the fix.\n"
        "\n"
        "Not heard: “no ticket”.\n"
        "\n"
        f"Nothing weak was found: {session.checked.rules} rules were checked over 4 words."
    )


def test_an_outcome_is_put_to_the_result_test():
    lines = lines_of(session_of(section("result", "We lost 3% fewer parcels than before.")))

    assert lines[lines.index("## Result test") :][:5] == [
        "## Result test",
        "",
        "- found: a number that changed, from what to what: “We lost 3% fewer parcels than before”",
        "- missing: what it meant in money, users, hours or incidents",
        "- missing: what lasted: adopted, made the standard, prevented",
    ]


def test_a_reason_of_the_verdict_has_its_words_and_its_place():
    reason = Because("The work was given to you.", "I was asked to", "task", 27.0)
    verdict = Verdict("no_hire", "Ownership", (reason,), "", points=1.0)
    session = msgspec.structs.replace(finished_session(), verdict=verdict)

    assert (
        "**Verdict: No hire for Ownership (1 of 10 points)**\n\n"
        "- The work was given to you. “I was asked to” (task, 0:27)\n"
    ) in as_markdown(session)


def test_a_finding_is_one_line_with_its_second_its_words_and_the_remedy():
    session = finished_session(told={"result": "The rate fell to 1%. The team was happy."})
    (finding,) = session.sections[0].findings

    assert (
        lines_of(session).count(
            rf"- \[1\] 0:03 **vague result** “{finding.quote}”: {finding.why} *Instead:* {finding.instead}"
        )
        == 1
    )


def test_fillers_are_counted_and_not_listed_one_by_one():
    lines = lines_of(session_of(section("task", "Um, I, um, fixed it, uh, at once.")))

    assert "Fillers: um 2x, uh 1x; 3 close together at 0:01." in lines
    assert not [line for line in lines if "filler" in line and "“" in line]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("**bold** _it_ `x`", r"> \*\*bold\*\* \_it\_ \`x\`"),
        ("<script>alert(1)</script>", r"> \<script\>alert(1)\</script\>"),
        ("[a](http://x) ![b](c)", r"> \[a\](http://x) !\[b\](c)"),
        ("a | b", r"> a \| b"),
        ("# heading", r"> \# heading"),
        ("- item", r"> \- item"),
        ("--- then", r"> \--- then"),
        ("+ item", r"> \+ item"),
        ("1. First", r"> 1\. First"),
        ("2) Second", r"> 2\) Second"),
        ("=== over", r"> \=== over"),
        ("&lt; &copy;", r"> \&lt; \&copy;"),
        ("a\\b ~~c~~", r"> a\\b \~\~c\~\~"),
        ("\x1b[31mred\u202e", "> \ufffd\\[31mred\ufffd"),
    ],
)
def test_nothing_that_was_said_is_read_as_markdown(said, written):
    assert written in lines_of(session_of(section("task", said)))


def test_a_name_with_a_bar_keeps_the_table_whole():
    session = session_of(section("a|b", "I did it."))

    assert r"| a\|b | 1.1 s | 20.0 s | 0.0 s | short |" in lines_of(session)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_what_was_said_stands_there_word_for_word_behind_its_escapes(said):
    words = " ".join(said.split())
    quoted = [line[2:] for line in lines_of(session_of(section("task", said))) if line[:2] == "> "]
    readable = [ESCAPED.sub(r"\1", line) for line in quoted]

    assert readable == ([_shown(words)] if words else [])


def _shown(text):
    return " ".join(printable(text).split())


@given(st.text("<>&[]()!*_`#|~\\- \n1.", max_size=30))
def test_no_tag_link_or_entity_survives(said):
    document = as_markdown(session_of(section(said or "task", said, key_points=(said or "x",))))
    bare = ESCAPED.sub("", document)

    assert not re.search(r"[<\[]|&\w", bare)
    assert html.unescape(bare) == bare
