"""The story bank: which principles the stories cover, how often each was told, and what is missing.

A story covers its scenario's own principle, and that of each lens through which it can be told.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from rehearse.progress.sitting import Sitting
from rehearse.scenario import Scenario

PRINCIPLES_OF = {
    "amazon": (
        "Customer Obsession",
        "Ownership",
        "Invent and Simplify",
        "Are Right, A Lot",
        "Learn and Be Curious",
        "Hire and Develop the Best",
        "Insist on the Highest Standards",
        "Think Big",
        "Bias for Action",
        "Frugality",
        "Earn Trust",
        "Dive Deep",
        "Have Backbone; Disagree and Commit",
        "Deliver Results",
        "Strive to be Earth's Best Employer",
        "Success and Scale Bring Broad Responsibility",
    )
}
"""What a company asks for, as it publishes it (amazon.jobs/content/en/our-workplace/leadership-principles)."""


class Story(msgspec.Struct, frozen=True):
    """One scenario told for one principle; `lens` is None where the principle is its own."""

    scenario: str
    lens: str | None
    times: int
    last_told: datetime | None


class Bank(msgspec.Struct, frozen=True):
    """For each principle the stories that serve it."""

    principles: Mapping[str, tuple[Story, ...]]
    untold: tuple[str, ...]
    """Principles with a story that was never rehearsed for them."""
    without_story: tuple[str, ...]
    """Principles of the companies asked for that no scenario serves."""


def bank_of(scenarios: Iterable[Scenario], sittings: Iterable[Sitting]) -> Bank:
    """`sittings` with the oldest first."""
    scenarios = list(scenarios)
    told: dict[tuple[str | None, str | None], list[datetime]] = {}
    for sitting in filter(_tells_the_story, sittings):
        told.setdefault((sitting.scenario, sitting.lens), []).append(sitting.started_at)
    principles: dict[str, list[Story]] = {}
    for scenario in scenarios:
        for principle, lens in _served(scenario):
            times = told.get((scenario.name, lens), [])
            story = Story(scenario.name, lens, len(times), times[-1] if times else None)
            principles.setdefault(_known(principle, principles), []).append(story)
    untold = [name for name, stories in principles.items() if not any(s.times for s in stories)]
    wanted = dict.fromkeys(
        principle
        for scenario in scenarios
        for principle in PRINCIPLES_OF.get(scenario.company.casefold(), ())
    )
    return Bank(
        {name: tuple(stories) for name, stories in principles.items()},
        tuple(untold),
        tuple(name for name in wanted if _known(name, principles) not in principles),
    )


def _tells_the_story(sitting: Sitting) -> bool:
    """A quiz and follow-ups alone do not."""
    return any(told.kind != "probe" for told in sitting.told)


def _served(scenario: Scenario) -> list[tuple[str, str | None]]:
    own: list[tuple[str, str | None]] = [(scenario.principle, None)] if scenario.principle else []
    return own + [(_title(lens.name), lens.name) for lens in scenario.lenses]


def _title(lens: str) -> str:
    """The principle that a lens is named after, as whoever publishes it writes it: `dive-deep` →
    `Dive Deep`, `bias-for-action` → `Bias for Action`.
    """
    known = (name for names in PRINCIPLES_OF.values() for name in names)
    return next((name for name in known if _bare(name) == _bare(lens)), _spelled_out(lens))


def _spelled_out(lens: str) -> str:
    return " ".join(word.capitalize() for word in lens.split("-"))


def _known(principle: str, principles: Mapping[str, object]) -> str:
    """The spelling under which this principle is there already."""
    return next((name for name in principles if _bare(name) == _bare(principle)), principle)


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
