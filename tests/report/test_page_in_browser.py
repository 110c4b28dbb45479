"""The page of a session in a real browser: it plays, asks nothing of anywhere, and all can use it."""

import time
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser import visit
from tests.sessions import TOLD, finished_session, section, session_of, told_in_one_go

from rehearse.pages import inside
from rehearse.progress.comparison import compare
from rehearse.progress.sitting import in_brief
from rehearse.recording import RATE_HZ, TakeWriter
from rehearse.report.page import render, render_comparison

__all__ = ["visit"]

PHONE = {"width": 360, "height": 740}
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
HOSTILE = (
    '</script><script>alert(1)</script> "><img src=x onerror=alert(2)> \u202eevil\u202c {{ 7*7 }} '
)
LONG_TOLD = {
    "situation": "I was, um, on the checkout team and I noticed that some webhooks were lost. ",
    "action": "We fixed the retry code. I wrote a test. They told me to ask my manager. " * 3,
    "result": TOLD["result"],
}
AUDIOS = "[...document.querySelectorAll('audio')]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A page with its takes beside it."""
    folder = tmp_path_factory.mktemp("session")
    (folder / "takes").mkdir()
    session = finished_session(told=LONG_TOLD)
    for each in session.sections:
        with TakeWriter(folder / each.audio) as writer:
            writer.write(bytes(2 * RATE_HZ * round(each.recorded_s)))
    sounds = {section.audio: section.audio for section in session.sections}
    (folder / "page.html").write_text(render(session, sounds), encoding="utf-8")
    return folder


def seconds_of(page, take):
    """Where the take is as soon as it plays."""
    return page.evaluate(f"""new Promise((tell, fail) => {{
        setTimeout(() => fail(new Error("take {take} does not play")), 8000);
        const audio = {AUDIOS}[{take}], look = () => audio.paused || audio.seeking || audio.readyState < 2
            ? setTimeout(look, 20) : tell(audio.currentTime);
        look();
    }})""")


def test_a_click_on_a_word_plays_that_second(visit, folder):
    with visit(folder / "page.html") as page:
        word = page.locator("#section-1 .transcript [data-start]").nth(12)
        word.click()
        at_s = seconds_of(page, 1)

        assert float(word.get_attribute("data-start")) <= at_s < 9.0
        assert page.locator(".transcript .now").inner_text()
        page.locator("#section-0 .transcript [data-start]").nth(3).click()
        assert 2.0 < seconds_of(page, 0) < 5.0
        assert page.evaluate(f"{AUDIOS}[1].paused")
        assert (page.complaints, page.requests) == ([], [])


def test_the_keyboard_does_all_of_it(visit, folder):
    with visit(folder / "page.html") as page:
        page.keyboard.press("n")
        first = page.evaluate("document.activeElement.id")
        at_s = float(page.locator("#finding-1").get_attribute("data-start"))
        assert first == "finding-1"
        assert at_s <= seconds_of(page, 1) < at_s + 3

        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.id") == "finding-2"
        page.keyboard.press("p")
        assert page.evaluate("document.activeElement.id") == "finding-1"

        page.keyboard.press(" ")
        assert page.evaluate(f"{AUDIOS}.every(audio => audio.paused)")
        before_s = page.evaluate(f"{AUDIOS}[1].currentTime")
        page.keyboard.press("ArrowRight")
        assert seconds_of(page, 1) > before_s

        page.locator("#keys").uncheck()
        page.keyboard.press("n")
        assert page.evaluate("document.activeElement.id") == "keys"


def test_everybody_can_use_it_in_the_light_in_the_dark_and_on_a_phone(visit, folder):
    with visit(folder / "page.html") as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.keyboard.press("n")

        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, "color-contrast") == []
        page.set_viewport_size(PHONE)
        assert (
            violations(page, "color-contrast", "target-size", "scrollable-region-focusable") == []
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def violations(page, *rules):
    """What axe-core finds, by all of its rules where none are named."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else ALL_RULES
    found = Axe().run(page.page, options={"resultTypes": ["violations"]} | only)
    return [
        (each["id"], [node["html"] for node in each["nodes"]])
        for each in found.response["violations"]
    ]


def test_a_page_that_holds_its_sound_plays_it_and_prints_on_one_page(visit, folder):
    session = finished_session(told=LONG_TOLD)
    sounds = {each.audio: inside(folder / each.audio) for each in session.sections}
    alone = folder / "elsewhere.html"
    alone.write_text(render(session, sounds), encoding="utf-8")

    with visit(alone) as page:
        page.locator("#section-0 .transcript [data-start]").nth(10).click()
        assert 5.0 <= seconds_of(page, 0) < 8.0
        assert (page.complaints, page.requests) == ([], [])
        printed = page.pdf()
        assert printed.count(b"/Type /Page\n") == 1


def test_a_step_of_an_answer_told_in_one_go_plays_its_place_in_the_take(visit, tmp_path):
    whole = told_in_one_go(
        {
            "situation": "The lift in hall two stood still for a week.",
            "action": "I looked into the brake, and we changed its spring.",
        }
    )
    with TakeWriter(tmp_path / "whole.wav") as writer:
        writer.write(bytes(2 * RATE_HZ * round(whole.recorded_s)))
    html = render(session_of(whole), {whole.audio: "whole.wav"})
    (tmp_path / "page.html").write_text(html, encoding="utf-8")

    with visit(tmp_path / "page.html") as page:
        step = page.locator("#section-0-2")
        word = step.locator(".transcript [data-start]").nth(1)
        word.click()
        assert float(word.get_attribute("data-start")) <= seconds_of(page, 0)
        assert step.locator(".now").count() == 1
        step.locator(".jump", has_text="hear it").click()
        assert whole.steps[1].first_word_s <= seconds_of(page, 0) < whole.recorded_s
        assert violations(page) == []
        assert (page.complaints, page.requests) == ([], [])


def test_two_sessions_stand_side_by_side_and_both_are_heard(visit, folder):
    sessions = finished_session("a", told=LONG_TOLD), finished_session("b", told=LONG_TOLD)
    began = datetime(2026, 3, 1, tzinfo=UTC)
    before, after = (in_brief(each.session.id, each, began, 0) for each in sessions)
    sounds = {section.audio: section.audio for section in sessions[0].sections}
    html = render_comparison(compare(before, after, []), sessions, (sounds, sounds))
    (folder / "both.html").write_text(html, encoding="utf-8")

    with visit(folder / "both.html") as page:
        for side in ("#title-section-1", "#title-section-4"):
            words = page.locator(f"article[aria-labelledby={side[1:]}] [data-start]")
            words.nth(10).click()
            take = page.evaluate(f"{AUDIOS}.indexOf(document.querySelector('{side} ~ audio'))")
            assert 4.5 < seconds_of(page, take) < 8.0
        assert violations(page) == []
        assert (page.complaints, page.requests) == ([], [])
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_step_is_compared_with_an_answer_to_it_alone_and_heard_in_its_take(visit, folder):
    begins = LONG_TOLD | {"result": "It went from five to zero in the end, and others copied it."}
    steps = session_of(*(section(name, text) for name, text in begins.items()), id="b")
    whole = session_of(told_in_one_go(begins), id="a")
    before, after = (
        in_brief(each.session.id, each, datetime(2026, 3, 1, tzinfo=UTC), 0)
        for each in (whole, steps)
    )
    with TakeWriter(folder / "takes" / "whole-1.wav") as writer:
        writer.write(bytes(2 * RATE_HZ * round(whole.sections[0].recorded_s)))
    sounds = {each.audio: each.audio for each in (*whole.sections, *steps.sections)}
    html = render_comparison(compare(before, after, []), (whole, steps), (sounds, sounds))
    (folder / "step.html").write_text(html, encoding="utf-8")

    with visit(folder / "step.html") as page:
        word = page.locator("article[aria-labelledby=title-section-0-2] .transcript span").nth(1)
        word.click()
        take = page.evaluate(
            f"{AUDIOS}.indexOf(document.querySelector('article[data-place=\"0\"] audio'))"
        )
        assert float(word.get_attribute("data-start")) <= seconds_of(page, take)
        assert page.locator("article[aria-labelledby=title-section-0-2] .now").count() == 1
        assert violations(page) == []
        assert (page.complaints, page.requests) == ([], [])


def test_hostile_words_are_only_words_and_many_of_them_are_no_burden(visit, tmp_path):
    session = finished_session(
        scenario="x", told={"situation": "lost hooks " * 5000, "task": HOSTILE}
    )
    began_s = time.process_time()
    html = render(session, {"takes/task-1.wav": 'takes/"><script>alert(3)</script>.wav'})
    assert time.process_time() - began_s < 3
    (tmp_path / "page.html").write_text(html, encoding="utf-8")

    with visit(tmp_path / "page.html") as page:
        shown = page.locator("#section-1 .transcript").text_content()

        assert '</script><script>alert(1)</script> "><img src=x onerror=alert(2)>' in " ".join(
            shown.split()
        )
        assert "\ufffdevil\ufffd {{ 7*7 }}" in shown
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 1
        assert page.locator("#section-0 .transcript [data-start]").count() == 10_000
        assert page.requests == []
