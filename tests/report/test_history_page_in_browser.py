"""The page of many sessions in a real browser: it asks for nothing, and everybody can read it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser import visit
from tests.report.test_history_page import page

__all__ = ["visit"]


@pytest.mark.parametrize(
    "window",
    [
        {"color_scheme": "dark"},
        {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
    ],
    ids=["dark", "phone"],
)
def test_everybody_can_read_it_and_it_asks_for_nothing(visit, tmp_path, window):
    file = tmp_path / "history.html"
    file.write_text(page(company="Amazon", principle="Earn Trust"), encoding="utf-8")

    with visit(file, **window) as opened:
        width = opened.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert (opened.complaints, opened.requests) == ([], [])
        opened.emulate_media(media="print")
        assert all(heading.is_visible() for heading in opened.locator("h2").all())
    with visit(file, **window, bypass_csp=True) as opened:  # the checker is a script of its own
        violations = Axe().run(opened.page).response["violations"]

    assert width[0] == width[1]
    assert [violation["id"] for violation in violations] == []
