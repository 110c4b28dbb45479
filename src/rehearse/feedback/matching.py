"""Rules over sentences: where a phrase stands, and whether its surroundings excuse it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from rehearse.feedback.pattern import Pattern
from rehearse.feedback.ruleset import Rule
from rehearse.feedback.sentences import Sentence

_MOST_KNOWN_WORDS = 20_000


class Match(msgspec.Struct, frozen=True):
    """A rule and the words it is about: places `first` up to `end` of one sentence."""

    rule: Rule
    number: int
    """Which sentence, counted from 0."""
    first: int
    end: int


def find_phrases(sentences: Sequence[Sentence], index: "PhraseIndex") -> Iterator[Match]:
    """Every phrase of the indexed rules that nothing around it excuses."""
    answer = _Answer(sentences)
    for number, sentence in enumerate(sentences):
        for first, word in enumerate(sentence.words):
            for rule, pattern in index.beginning_with(word):
                end = pattern.end_of_match(sentence, first)
                if end is not None and end > first:
                    match = Match(rule, number, first, end)
                    if answer.bears_out(match):
                        yield match


def is_absent(rule: Rule, sentences: Sequence[Sentence]) -> bool:
    """Whether no sentence says what this rule waits for."""
    return not any(pattern.is_in(sentence) for pattern in rule.patterns for sentence in sentences)


class PhraseIndex:
    """Patterns of phrase rules by the words that they can begin with: most are never tried."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_word: defaultdict[str, list[tuple[int, Rule, Pattern]]] = defaultdict(list)
        self._others: list[tuple[int, Rule, Pattern]] = []
        self._known: dict[str, tuple[tuple[Rule, Pattern], ...]] = {}
        phrases = (rule for rule in rules if rule.text.detector == "phrase")
        in_order = ((rule, pattern) for rule in phrases for pattern in rule.patterns)
        for order, (rule, pattern) in enumerate(in_order):
            if pattern.begins is None or pattern.begins.endings:
                self._others.append((order, rule, pattern))
            else:
                for word in pattern.begins.words:
                    self._by_word[word].append((order, rule, pattern))

    def beginning_with(self, word: str) -> tuple[tuple[Rule, Pattern], ...]:
        """In the order of the rules. Answers repeat their words, so what was found is kept."""
        if word not in self._known:
            if len(self._known) >= _MOST_KNOWN_WORDS:
                self._known.clear()
            found = self._by_word.get(word, []) + [
                entry
                for entry in self._others
                if entry[2].begins is None or word in entry[2].begins
            ]
            found.sort(key=lambda entry: entry[0])
            self._known[word] = tuple((rule, pattern) for _, rule, pattern in found)
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
