"""Which follow-ups were asked before, and what the story lacked when it was last told."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from rehearse.progress.sitting import Sitting
from rehearse.scenario import Category


class Before(msgspec.Struct, frozen=True):
    """`asked` holds one set of questions for each sitting that had follow-ups, newest first."""

    asked: tuple[frozenset[str], ...] = ()
    lacked: dict[Category, int] = {}
    """How often each weakness was found in the last telling of the story."""


def before(sittings: Iterable[Sitting], scenario: str) -> Before:
    """`sittings` come oldest first, as the index gives them."""
    newest_first = [each for each in reversed(list(sittings)) if each.scenario == scenario]
    questions = [
        frozenset(told.question for told in sitting.told if told.kind == "probe")
        for sitting in newest_first
    ]
    stories = ([t for t in sitting.told if t.kind != "probe"] for sitting in newest_first)
    last = next((story for story in stories if story), [])
    lacked: Counter[Category] = Counter()
    for told in last:
        lacked.update(told.findings)
    return Before(tuple(asked for asked in questions if asked), dict(lacked))
