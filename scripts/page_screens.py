"""Takes the pictures of the page in docs/screens, from the demo's session as real Whisper hears it.

    python scripts/page_screens.py

Needs a Chromium.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "screens"
DESK, PHONE = {"width": 1180, "height": 780}, {"width": 390, "height": 780}
LOOKS = (
    ("page-light", DESK, "light", "#section-2"),
    ("page-dark", DESK, "dark", "#section-2"),
    ("page-top", DESK, "light", "header"),
    ("page-phone", PHONE, "light", "header"),
)


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with TemporaryDirectory() as home, sync_playwright() as playwright:
        page = _demo_page(home)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, size, scheme, place in LOOKS:
            _take(browser, page, PICTURES / f"{name}.png", size, scheme, place)
        browser.close()


def _demo_page(home: str) -> Path:
    subprocess.run(
        [sys.executable, "-m", "rehearse", "demo", "--plain"],
        env=os.environ | {"REHEARSE_HOME": home},
        capture_output=True,
        check=True,
    )
    return next(Path(home).glob("sessions/*/page.html"))


def _take(
    browser: Browser, page: Path, picture: Path, size: dict[str, int], scheme: str, place: str
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.evaluate(f"document.querySelector({place!r}).scrollIntoView()")
    tab.screenshot(path=picture)
    context.close()


if __name__ == "__main__":
    main()
