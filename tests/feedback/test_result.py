from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.result import Evidence, ResultTest, judge_result
from rehearse.transcript import Transcript


def judged(text: str) -> tuple[bool, bool, bool]:
    test = judge_result(Transcript.from_text(text))
    return test.metric_delta.found, test.business_impact.found, test.second_order.found


def test_each_part_of_a_strong_result_is_shown_by_its_clause() -> None:
    answer = Transcript.from_text(
        "Wrong labels went from 2% to zero. That recovered $1,500 a month. "
        "The other wards adopted my check as their standard."
    )
    assert judge_result(answer) == ResultTest(
        metric_delta=Evidence(found=True, quote="Wrong labels went from 2% to zero"),
        business_impact=Evidence(found=True, quote="That recovered $1,500 a month"),
        second_order=Evidence(
            found=True, quote="The other wards adopted my check as their standard"
        ),
    )


def test_what_is_not_said_is_not_found() -> None:
    missing = Evidence(found=False, quote=None)
    assert judge_result(Transcript.from_text("The team was happy.")) == ResultTest(
        missing, missing, missing
    )


@pytest.mark.parametrize(
    "text",
    [
        "It fell from point three percent to zero.",
        "That saved eight thousand dollars a week.",
        "We cut the waiting time in half.",
        "Orders leave twice as fast now.",
        "Complaints dropped by a third.",
        "the queue went down to four minutes",
        "Sales doubled.",
    ],
)
def test_a_number_that_changed_is_a_metric_delta(text: str) -> None:
    assert judged(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Three teams were there that day.",
        "There are twelve people in the office.",
        "It improved and everybody liked it.",
        "It was the first of May.",
    ],
)
def test_the_size_of_things_is_no_metric_delta(text: str) -> None:
    assert not judged(text)[0]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Late orders fell from 9 a month to 9.", False),
        ("Errors went from nine a month to 9 a month.", False),
        ("It fell from two days to two hours.", True),
        ("It went from two a day to two a week.", True),
    ],
)
def test_from_nine_to_nine_nothing_changed(text: str, *, changed: bool) -> None:
    assert judged(text)[0] == changed


@pytest.mark.parametrize(
    "text",
    [
        "It brought in $40,000 for the clinic.",
        "That freed six hours of the nurses' time.",
        "We had 40 fewer complaints.",
        "It gave us back eight thousand dollars a week.",
    ],
)
def test_money_people_hours_and_incidents_are_business_impact(text: str) -> None:
    assert judged(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "Two other branches copied my checklist.",
        "It became the standard on all sites.",
        "The plant in Leeds rolled it out to every line.",
        "It is still in use today.",
        "That prevented a recall in June.",
    ],
)
def test_what_followed_is_a_second_order_effect(text: str) -> None:
    assert judged(text)[2]


@given(st.text(max_size=200))
def test_any_text_is_judged_and_every_quote_is_in_it(text: str) -> None:
    transcript = Transcript.from_text(text)
    test = judge_result(transcript)
    for evidence in (test.metric_delta, test.business_impact, test.second_order):
        assert evidence.found == (evidence.quote is not None)
        assert (evidence.quote or "") in transcript.text


SENTENCES = Path(__file__).parent.parent / "data" / "result_sentences.txt"
# Shares of what is shown that must be found, and of what is found that must be shown; they only rise.
LEAST = {"m": (0.9, 0.9), "b": (0.9, 0.85), "s": (0.95, 0.95)}


@pytest.mark.parametrize("part", LEAST)
def test_most_of_what_a_result_shows_is_found_and_little_else(part: str) -> None:
    lines = [
        line for line in SENTENCES.read_text("utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    pairs = [line.split(" ", 1) for line in lines]
    shown = {text for letters, text in pairs if part in letters}
    found = {text for _, text in pairs if judged(text)["mbs".index(part)]}

    least_found, least_shown = LEAST[part]
    assert len(shown & found) >= least_found * len(shown)
    assert len(shown & found) >= least_shown * len(found)
