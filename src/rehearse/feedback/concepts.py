"""Which words mean the same in this field: `concepts.txt`, ready to be looked up."""

from collections import defaultdict
from functools import cache
from importlib.resources import files

import msgspec

from rehearse.feedback.sentences import words_of
from rehearse.feedback.stems import stem

Expression = tuple[str, ...]
"""The stems of one word or of several."""
LONGEST = 6


class Meaning(msgspec.Struct, frozen=True):
    """The ways to say one thing, and the ways to say its opposite."""

    same: frozenset[Expression]
    opposite: frozenset[Expression] = frozenset()


class Concepts:
    """Meanings by their expressions. A line is looked up by its first word; words that begin no
    line are looked up in those that name them.
    """

    def __init__(self, text: str) -> None:
        self._headed: defaultdict[Expression, list[Meaning]] = defaultdict(list)
        self._naming: defaultdict[Expression, list[Meaning]] = defaultdict(list)
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                self._add(*(_expressions(side) for side in f"{line}|".split("|")[:2]))

    def _add(self, same: list[Expression], opposite: list[Expression]) -> None:
        there = Meaning(frozenset(same), frozenset(opposite))
        back = Meaning(there.opposite, there.same)
        self._headed[same[0]].append(there)
        for expression in same:
            self._naming[expression].append(there)
        for expression in opposite:
            self._naming[expression].append(back)

    def __contains__(self, expression: object) -> bool:
        return expression in self._naming

    def meaning(self, expression: Expression) -> Meaning:
        """All that says the same; the expression alone where nothing is known of it."""
        known = self._headed.get(expression) or self._naming.get(expression) or []
        same = frozenset({expression}).union(*(meaning.same for meaning in known))
        opposite: frozenset[Expression] = frozenset().union(*(each.opposite for each in known))
        return Meaning(same, opposite - same)


def _expressions(side: str) -> list[Expression]:
    return [
        tuple(stem(word) for word in words_of(entry)) for entry in side.split(",") if entry.strip()
    ]


@cache
def load_concepts() -> Concepts:
    """The meanings that ship with the package."""
    text = files("rehearse.feedback").joinpath("concepts.txt").read_text(encoding="utf-8")
    return Concepts(text)
