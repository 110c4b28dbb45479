"""The page of many sessions: all that the terminal shows, drawn and in words, and safe to open."""

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import msgspec
from tests.sessions import booked, finished_session

from rehearse.progress.bank import Bank, Story
from rehearse.progress.history import history_of
from rehearse.progress.sitting import in_brief
from rehearse.progress.trends import Trend
from rehearse.report.history_page import as_page
from rehearse.report.history_page.chart import Band, chart
from rehearse.report.history_page.story_grid import Cell, grid
from rehearse.scenario import Lens

BEGAN = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)
STORY = booked().booking.scenario
SAID = "I noticed that some webhooks were lost. " * 8


def page(days=6, scenario="webhook-drop", **changes):
    sittings = []
    for day in range(days):
        began = BEGAN + timedelta(days=day)
        said = SAID + "The team was happy. " * (days - day)
        session = finished_session(
            f"2026030{day + 1}-093005-{scenario}",
            began=began,
            scenario=scenario,
            told={"task": said},
        )
        sittings.append(in_brief(session.session.id, session, began, 1_200_000))
    story = msgspec.structs.replace(STORY, name=scenario, **changes)
    return as_page(history_of(sittings, [story], date(2026, 3, 6)))


def text_of(html):
    words = []

    class Reader(HTMLParser):
        def handle_data(self, data):
            words.append(data)

        def handle_starttag(self, tag, attributes):
            words.append(dict(attributes).get("aria-label") or "")

    Reader().feed(html.partition("<body>")[2])
    return " ".join(" ".join(words).split())


def test_a_page_tells_trends_in_words_and_as_lines():
    html = page()

    text = text_of(html)
    assert "6 sessions · 1 scenario" in text
    assert "rehearsed 6 days in a row" in text
    assert "weak phrases: lately 9 each time, before 12: better. All: 13, 12, 11, 10, 9, 8." in text
    assert "missing boundary: lately 1 each session, before 1: steady." in text
    assert html.count("<polyline") > 5


def test_the_story_bank_shows_gaps():
    lens = Lens(name="dive-deep", angle="The numbers.")
    text = text_of(page(company="Amazon", principle="Earn Trust", lenses=(lens,)))

    assert "Earn Trust 6× last 2026-03-06 Dive Deep ○ not told yet" in text
    assert "No story yet for: Customer Obsession; Ownership;" in text


def test_what_was_told_stands_in_front_of_what_was_not():
    began = datetime(2026, 3, 1, tzinfo=UTC)
    bank = Bank(
        {
            "Courage": (Story("a", None, 0, None),),
            "Ownership": (Story("a", None, 0, None), Story("b", None, 2, began)),
        },
        untold=("Courage",),
        without_story=(),
    )

    found = grid(bank)

    assert found.scenarios == ("b", "a")
    assert found.rows == (
        ("Ownership", (Cell("2×", "last 2026-03-01", is_told=True), Cell("○", "not told yet"))),
        ("Courage", (Cell(), Cell("○", "not told yet"))),
    )


def test_before_the_first_session_the_page_says_how_to_make_one():
    assert "No session is finished yet. rehearse demo makes one." in text_of(page(days=0))


def test_nothing_is_asked_of_anywhere():
    html = page()

    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in html
    assert not re.findall(r"https?:|//|url\(|@import|src=|<script|<link", html)


def test_hostile_names_are_text():
    html = page(principle='<script>alert(1)</script>\u202e"><img onerror=x>')

    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html
    assert '<script>alert(1)</script>\ufffd"><img onerror=x>' in text_of(html)


def test_a_pace_is_drawn_on_the_band_that_is_easy_to_follow():
    drawn = chart("task: pace", Trend(180.0, 120.0, "worse", (120.0, 180.0)), "words/min")

    assert (drawn.line, drawn.last, drawn.band) == (
        "4.0,36.0 196.0,4.0",
        (196.0, 4.0),
        Band(12.0, 24.0),
    )
    assert drawn.words == ("task: pace: lately 180 words/min, before 120: worse. All: 120, 180.")


def test_what_was_never_measured_is_said_and_not_drawn():
    drawn = chart("task: pace", Trend(None, None, "too_few", ()), "words/min")

    assert (drawn.line, drawn.last, drawn.band) == ("", None, None)
    assert drawn.words == "task: pace: nothing measured yet."
