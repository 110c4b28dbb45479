"""The system's Chromium, started once for all tests of pages."""

import shutil
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


class Visit:
    """A page that was opened, what it complained of, and what it asked of others."""

    def __init__(self, page):
        self.page = page
        self.complaints = []
        self.requests = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._note)

    def _note(self, request):
        if not request.url.startswith(("file:", "data:")):
            self.requests.append(request.url)

    def __getattr__(self, name):
        return getattr(self.page, name)


@pytest.fixture(scope="module")
def visit():
    """Opens a file as somebody would; everything about the window can be chosen."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip(f"there is no browser to open pages with: none of {', '.join(_NAMES)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ALONE)

        @contextmanager
        def visit(file, **window):
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | window)
            opened = Visit(context.new_page())
            opened.goto(file.as_uri())
            yield opened
            context.close()

        yield visit
        browser.close()
