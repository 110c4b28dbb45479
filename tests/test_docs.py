"""The documents say what is so: commands, links, examples and the map are today's."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from rehearse.cli import commands
from rehearse.errors import ExitCode
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.feedback.ruleset import SECTIONS
from rehearse.scenario import Category
from rehearse.scenario_yaml import parse
from rehearse.transcript import Transcript

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "src" / "rehearse"
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    ROOT / "models" / "README.md",
    ROOT / "tests" / "data" / "answers" / "README.md",
]

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\((?![a-z]+:)([^)\s]+)\)")
_COMMAND = re.compile(r"(?:^|[`\\/])rehearse((?: [a-z]+)+)", re.MULTILINE)
_CATEGORY_ROW = re.compile(r"^\| `([a-z_]+)` \| (.+?) \| .+ \|$", re.MULTILINE)
_EXIT_ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def fenced(page, language):
    return [text for kind, text in _FENCED.findall(page) if kind == language]


def section_of(page, heading):
    return page.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def anchors(page):
    """Where a link may point inside a page, as GitHub names its headings."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", page), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.casefold()).strip().replace(" ", "-")
        for heading in headings
    }


def broken_links(page):
    text = page.read_text(encoding="utf-8")
    for target in _LINK.findall(_FENCED.sub("", text)):
        name, _, anchor = target.partition("#")
        aim = (page.parent / unquote(name)).resolve() if name else page
        if not aim.exists() or (anchor and anchor not in anchors(aim.read_text(encoding="utf-8"))):
            yield target


def command_named(words):
    """How much of `models get base` is a command: the rest are its arguments."""
    found, path = commands, []
    for word in words:
        if not isinstance(found, click.Group) or word not in found.commands:
            break
        found = found.commands[word]
        path.append(word)
    return " ".join(path)


def test_the_scenario_in_the_readme_is_sound_and_holds_every_key():
    (text,) = fenced(README, "yaml")
    scenario = parse(text, "README.md")
    assert scenario.name == "cold-room"
    assert [name for name in scenario.__struct_fields__ if not getattr(scenario, name)] == []


def test_every_command_in_the_readme_exists():
    named = {tuple(words.split()) for words in _COMMAND.findall(README)}
    assert len(named) > 10
    assert sorted(" ".join(words) for words in named if not command_named(words)) == []


def test_the_readme_lists_every_command():
    listed = re.findall(r"^\| `rehearse (\w+)` \|", section_of(README, "Commands"), re.MULTILINE)
    assert sorted(listed) == sorted(commands.commands)


def test_the_readme_lists_every_exit_code():
    listed = [int(code) for code in re.findall(_EXIT_ROW, section_of(README, "Exit codes"))]
    assert listed == [code.value for code in ExitCode]


def test_the_readme_shows_every_category_with_a_phrase_that_is_found():
    shown = _CATEGORY_ROW.findall(section_of(README, "What is measured"))
    assert [name for name, _ in shown] == list(Category.__args__)
    rules = load_rules()
    for name, phrase in shown:
        transcript = Transcript.from_text(phrase)
        found = {
            finding.category
            for section in SECTIONS
            for finding in find_weak_phrases(transcript, section, rules)
        }
        assert name in found, phrase


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page):
    assert list(broken_links(page)) == []


def test_the_map_names_every_module():
    modules = [*PACKAGE.glob("*.py"), *PACKAGE.glob("*/__init__.py")]
    modules += [*PACKAGE.glob("adapters/*.py"), *PACKAGE.glob("adapters/*/__init__.py")]
    names = {path.parent.name if path.name == "__init__.py" else path.stem for path in modules}
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    mapped = set(re.findall(r"`(?:\w+/)*(\w+)(?:\.py|/)?`", page))
    assert sorted(names - mapped - {"rehearse", "__main__"}) == []


def test_the_page_of_commands_is_todays_help():
    check = subprocess.run(
        [sys.executable, ROOT / "scripts" / "help_in_docs.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (check.returncode, check.stderr) == (0, "")
