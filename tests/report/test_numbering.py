"""The number of a finding is the same wherever it is shown, and `review --play` knows it."""

import re

import pytest
from tests.sessions import section, session_of, spoken, told_in_one_go

from rehearse.replay import find
from rehearse.report.markdown import as_markdown
from rehearse.report.numbering import as_shown
from rehearse.transcript import Hearing, Transcript

TOLD = {
    "situation": "The lift in hall two stood still for a week. A lot of people were unhappy.",
    "action": "We looked into the brake together. I changed a lot of springs in it.",
    "result": "It got a lot better and everyone was happy. We looked into the brake together again.",
}


def read(text):
    return Hearing(Transcript.from_text(text))


def test_the_numbers_run_through_the_sections_and_pass_fillers_by():
    session = session_of(
        section("task", "Um, I was asked to look into it, um, by my manager."),
        section("result", "Um, the team was really happy with it."),
    )
    shown = re.findall(r"^- \\\[(\d+)\\\] .*?\*\*(.+?)\*\*", as_markdown(session), re.MULTILINE)

    assert [int(number) for number, _ in shown] == list(range(1, len(shown) + 1))
    assert [find(session, int(number))[1].category.replace("_", " ") for number, _ in shown] == [
        category for _, category in shown
    ]


@pytest.mark.parametrize("hear", [spoken, read])
def test_each_finding_of_a_step_has_a_number_by_which_it_is_found(hear):
    session = session_of(told_in_one_go(TOLD, hear=hear))

    shown = [(part.section.name, each) for part in as_shown(session) for each in part.findings]

    assert {step for step, _ in shown} == {"whole", "situation", "action", "result"}
    assert [each.number for _, each in shown] == list(range(1, len(shown) + 1))
    for step, each in shown:
        section, finding = find(session, each.number)
        assert (section.name, finding) == (step, each.finding)


def test_what_is_said_again_in_another_step_is_shown_with_the_answer():
    answer, *steps = as_shown(session_of(told_in_one_go(TOLD)))

    assert [(each.number, each.finding.quote) for each in answer.findings] == [
        (1, "We looked into the brake together again")
    ]
    assert "repetition" not in {each.finding.category for part in steps for each in part.findings}


def test_what_to_leave_out_is_listed_once_where_a_step_lists_it():
    long = TOLD | {
        "action": f"{TOLD['action']} We looked into the brake. We looked into the brake."
    }
    whole = told_in_one_go({name: f"{text} {text}" for name, text in long.items()})

    answer, *steps = as_shown(session_of(whole))

    assert whole.cut
    assert answer.section.cut == ()
    assert any(part.section.cut for part in steps)


def test_what_no_step_lacks_but_the_answer_does_is_shown_once_with_the_answer():
    without_result = session_of(told_in_one_go(TOLD, without=["result"]))
    with_result = session_of(told_in_one_go(TOLD))

    assert where_no_metric(without_result) == ["whole"]
    assert where_no_metric(with_result) == ["result"]


def where_no_metric(session):
    return [
        part.section.name
        for part in as_shown(session)
        for each in part.findings
        if each.finding.category == "no_metric"
    ]


def test_a_step_has_its_place_in_the_answer_and_no_thinking_time():
    answer, *steps = (part.timing for part in as_shown(session_of(told_in_one_go(TOLD))))

    assert answer == "Spoke 18.3 s of 30 s: on target, began after 1.0 s, 151 words/min."
    assert [timing.partition(", ")[2] for timing in steps] == [
        "from 0:01 on.",
        "from 0:07 on.",
        "from 0:13 on.",
    ]
