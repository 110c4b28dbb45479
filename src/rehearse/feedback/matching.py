"""Rules over sentences: where a phrase stands, and whether its surroundings excuse it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

import msgspec

from rehearse.feedback.pattern import Pattern, WordSet
from rehearse.feedback.ruleset import Rule
from rehearse.feedback.sentences import Sentence

_MOST_KNOWN_WORDS = 20_000
Entry = TypeVar("Entry")


class Match(msgspec.Struct, frozen=True):
    """A rule and the words it is about: places `first` up to `end` of one sentence."""

    rule: Rule
    number: int
    """Which sentence, counted from 0."""
    first: int
    end: int


def find_phrases(
    sentences: Sequence[Sentence],
    index: "PhraseIndex",
    is_in_question: Callable[[int], bool] = lambda _: True,
) -> Iterator[Match]:
    """Every phrase of the indexed rules that nothing around it excuses, in the sentences that are
    in question by their number.
    """
    answer = _Answer(sentences)
    for number, sentence in enumerate(sentences):
        if not is_in_question(number):
            continue
        possible = index.possible_in(sentence.words)
        for first, word in enumerate(sentence.words):
            for order, rule, pattern in index.beginning_with(word):
                if order not in possible:
                    continue
                end = pattern.end_of_match(sentence, first)
                if end is not None and end > first:
                    match = Match(rule, number, first, end)
                    if answer.bears_out(match):
                        yield match


def is_absent(rule: Rule, sentences: Sequence[Sentence]) -> bool:
    """Whether no sentence says what this rule waits for."""
    return not any(pattern.is_in(sentence) for pattern in rule.patterns for sentence in sentences)


class PhraseIndex:
    """Patterns of phrase rules by the words that they begin with and need: most are never tried."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        phrases = (rule for rule in rules if rule.text.detector == "phrase")
        in_order = ((rule, pattern) for rule in phrases for pattern in rule.patterns)
        entries = [(order, rule, pattern) for order, (rule, pattern) in enumerate(in_order)]
        self._by_first = _ByWord((entry[2].begins, entry) for entry in entries)
        self._by_needed = _ByWord((entry[2].needs, entry[0]) for entry in entries)

    def beginning_with(self, word: str) -> tuple[tuple[int, Rule, Pattern], ...]:
        """In the order of the rules, each with its place in that order."""
        return self._by_first.of(word)

    def possible_in(self, words: Iterable[str]) -> AbstractSet[int]:
        """Places in that order of the patterns that could match among these words."""
        return set().union(*(self._by_needed.of(word) for word in set(words)))


class _ByWord(Generic[Entry]):
    """Entries by the words that call for them. Answers repeat theirs, so what was found is kept."""

    def __init__(self, entries: Iterable[tuple[WordSet | None, Entry]]) -> None:
        self._by_word: defaultdict[str, list[tuple[int, Entry]]] = defaultdict(list)
        self._others: list[tuple[int, WordSet | None, Entry]] = []
        self._known: dict[str, tuple[Entry, ...]] = {}
        for order, (wanted, entry) in enumerate(entries):
            if wanted is None or wanted.endings:
                self._others.append((order, wanted, entry))
            else:
                for word in wanted.words:
                    self._by_word[word].append((order, entry))

    def of(self, word: str) -> tuple[Entry, ...]:
        if word not in self._known:
            if len(self._known) >= _MOST_KNOWN_WORDS:
                self._known.clear()
            found = self._by_word.get(word, []) + [
                (order, entry)
                for order, wanted, entry in self._others
                if wanted is None or word in wanted
            ]
            self._known[word] = tuple(entry for _, entry in sorted(found, key=lambda each: each[0]))
        return self._known[word]


class _Answer:
    """The sentences of one answer, and what is already known of each."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._known: dict[tuple[Pattern, int], bool] = {}
        self._first_with: dict[Pattern, int] = {}

    def bears_out(self, match: Match) -> bool:
        rule = match.rule
        if any(self._holds(name, patterns, match) for name, patterns in rule.unless.places):
            return False
        return all(self._holds(name, patterns, match) for name, patterns in rule.only_if.places)

    def _holds(self, place: str, patterns: Sequence[Pattern], match: Match) -> bool:
        return any(self._is_at(place, pattern, match) for pattern in patterns)

    def _is_at(self, place: str, pattern: Pattern, match: Match) -> bool:
        sentence = self._sentences[match.number]
        match place:
            case "before":
                return pattern.ends_at(sentence, match.first)
            case "after":
                return pattern.end_of_match(sentence, match.end) is not None
            case "within":
                return pattern.is_in(sentence, match.first, match.end)
            case "clause":
                return pattern.is_in(sentence, *sentence.clause(match.first, match.end - 1))
            case "sentence":
                return self._says(pattern, match.number)
            case "next":
                return self._says(pattern, match.number) or self._says(pattern, match.number + 1)
            case "near":
                return any(self._says(pattern, match.number + step) for step in (-1, 0, 1))
            case "earlier":
                return self._first(pattern) < match.number
            case "then":
                return pattern.is_in(sentence, match.end) or self._says(pattern, match.number + 1)
            case _:
                return self._first(pattern) < len(self._sentences)

    def _says(self, pattern: Pattern, number: int) -> bool:
        if not 0 <= number < len(self._sentences):
            return False
        key = (pattern, number)
        if key not in self._known:
            self._known[key] = pattern.is_in(self._sentences[number])
        return self._known[key]

    def _first(self, pattern: Pattern) -> int:
        """The first sentence that says it; past the last where none does."""
        if pattern not in self._first_with:
            numbers = range(len(self._sentences))
            self._first_with[pattern] = next(
                (number for number in numbers if self._says(pattern, number)), len(numbers)
            )
        return self._first_with[pattern]
