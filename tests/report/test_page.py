"""The page of a session, part by part: what is marked where, what is drawn, what is printed."""

import re
from html.parser import HTMLParser

import msgspec
from tests.sessions import booked, finished_session, section, session_of, spoken, told_in_one_go

from rehearse.report.numbering import parts
from rehearse.report.page import render
from rehearse.report.page.bars import rows
from rehearse.report.page.marks import Border, stretches
from rehearse.report.page.pace import pace_curve
from rehearse.report.page.timeline import timeline
from rehearse.report.page.tonight import tonight


class Spoken(HTMLParser):
    """The words of the transcripts, with their seconds."""

    def __init__(self, html):
        super().__init__()
        self.words = []
        self.at_s = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.at_s = dict(attributes).get("data-start") if tag == "span" else None

    def handle_data(self, data):
        if self.at_s is not None and data.strip():
            self.words.append((data, float(self.at_s)))
            self.at_s = None


def pieces(told):
    return [
        (" ".join(word.text for word in each.words), each.family, each.numbers, each.ending)
        for each in stretches(only_part(told))
    ]


def only_part(told):
    ((part,),) = parts(session_of(told))
    return part


def test_every_word_stands_on_the_page_once_with_its_second():
    session = finished_session()

    words = [
        (word.text, word.start_s) for each in session.sections for word in each.transcript.words
    ]

    assert Spoken(render(session)).words == words


def test_marks_that_overlap_are_cut_where_they_begin_and_end():
    told = section(
        "result", "I think the team was happy. Then I left.", target_s=None, limit_s=None
    )
    numbers = [each.number for each in only_part(told).findings if each.finding.quote]

    shown = pieces(told)

    assert " ".join(text for text, *_ in shown) == told.transcript.text
    assert shown[-1] == ("Then I left.", None, (), ())
    ended = [number for _, _, _, ending in shown for number in ending]
    assert sorted(ended) == sorted(numbers)


def test_target_and_limit_stand_between_the_words_where_they_passed():
    told = section("task", "one two three four five six seven", target_s=1.0, limit_s=2.0)

    shown = stretches(only_part(told))

    assert [(each.borders, " ".join(word.text for word in each.words)) for each in shown] == [
        ((), "one two three"),
        ((Border("target", 2.0),), "four five"),
        ((Border("limit", 3.0),), "six seven"),
    ]
    assert [each.is_late for each in shown] == [False, True, True]


def test_a_text_without_times_has_its_words_and_no_drawing():
    told = msgspec.structs.replace(
        section("task", "I noticed it."), spoken_s=None, first_word_s=None, verdict=None
    )

    assert timeline(told, ()) is None
    assert pace_curve(told, 10.0) is None
    assert rows((told,))[0].bars is None


def test_a_whole_answer_is_followed_by_its_steps():
    part = section("task", "It was mine.")
    whole = msgspec.structs.replace(section("whole", "It was mine."), steps=(part,))

    assert [(row.title, row.anchor, row.is_part) for row in rows((whole,))] == [
        ("Whole", "section-0", False),
        ("Task", "section-0-1", True),
    ]


def test_pace_is_drawn_where_enough_was_said():
    told = section("action", "", hearing=spoken("word " * 100), target_s=90.0, limit_s=None)

    curve = pace_curve(told, 42.0)

    assert (curve.slowest_wpm, curve.fastest_wpm, curve.share_in_band) == (150, 156, 100)
    assert pace_curve(section("task", "too short"), 3.0) is None


def test_the_night_before_holds_the_opening_the_numbers_the_times_and_two_habits():
    session = session_of(
        section(
            "task",
            "I was on the team. We did it.",
            key_points=("0.3 %", "I noticed", "forty minutes late"),
        ),
        section("result", "The team was really happy. My manager was happy.", target_s=15.0),
    )

    found = tonight(session, None)

    assert found.opening == "I was on the team."
    assert found.numbers == ("0.3 %", "forty minutes late")
    assert found.times == (("task", 20.0), ("result", 15.0))
    assert found.habits[0].category == "vague_result"
    assert len(found.habits) == 2


def test_the_night_before_opens_as_the_strong_example_does():
    scenario = booked().booking.scenario
    (step,) = scenario.steps
    strong = msgspec.structs.replace(step, strong="It rained. Nobody came.")

    found = tonight(finished_session(), msgspec.structs.replace(scenario, steps=(strong,)))

    assert found.opening == "It rained."


TOLD_IN_ONE_GO = {
    "situation": "The lift in hall two stood still for a week.",
    "action": "I looked into the brake, and we changed its spring together.",
    "result": "It got a lot better, and everyone was happy.",
}


def test_an_answer_told_in_one_go_is_read_step_by_step():
    whole = told_in_one_go(TOLD_IN_ONE_GO)
    html = render(session_of(whole))

    assert Spoken(html).words == [(word.text, word.start_s) for word in whole.transcript.words]
    links = re.findall(r'href="#(section-[^"]+)"', html)
    assert links == ["section-0", "section-0-1", "section-0-2", "section-0-3"]
    assert all(html.count(f'id="{each}"') == 1 for each in links)
    marked = re.findall(r'class="note" href="#finding-(\d+)"', html)
    explained = re.findall(r'<li id="finding-(\d+)"', html)
    assert {*marked} < {*explained}
    assert [*map(int, explained)] == [*range(1, len(explained) + 1)]


def test_the_timeline_names_the_steps_where_there_is_room():
    whole = told_in_one_go(TOLD_IN_ONE_GO | {"task": "It was mine."})

    steps = timeline(whole, ()).steps

    assert [step.label for step in steps] == ["situation", "action", "result", "task"]
    assert [step.x for step in steps] == sorted(step.x for step in steps)
    close = msgspec.structs.replace(whole, recorded_s=300.0)
    assert [step.label for step in timeline(close, ()).steps] == ["", "", "", "task"]
