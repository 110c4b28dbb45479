"""Finds weak phrases in an answer: each finding is evidence, with its words and their seconds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from rehearse.feedback.doubt import Surroundings
from rehearse.feedback.matching import Match, PhraseIndex, find_phrases, is_absent
from rehearse.feedback.repetition import retold
from rehearse.feedback.restart import restarts
from rehearse.feedback.ruleset import Rule, RuleSet, load_rules
from rehearse.feedback.sentences import Sentence, split
from rehearse.scenario import Category
from rehearse.transcript import Transcript

__all__ = ["Finding", "RuleSet", "find_weak_phrases", "load_rules"]

# Whoever has said less has not begun; there is nothing to tell them.
_FEWEST_WORDS = 3

# For these the coach underlines the words themselves, for all others the clause around them.
_WORD_CATEGORIES = frozenset({"filler", "hedge", "vague_quantity", "restart", "repetition"})


class Finding(msgspec.Struct, frozen=True):
    """One weak phrase. What is said of the section as a whole has no quote, place or time."""

    rule: str
    category: Category
    quote: str
    start_char: int
    end_char: int
    start_s: float | None
    end_s: float | None
    why: str
    instead: str


class _InForce(msgspec.Struct, frozen=True):
    """The rules that are heard in one section, ready to be looked for."""

    rules: tuple[Rule, ...]
    fillers: PhraseIndex
    others: PhraseIndex
    suspicions: PhraseIndex


@lru_cache(maxsize=32)
def _in_force(rules: RuleSet, section: str) -> _InForce:
    heard = tuple(rule for rule in rules.rules if rule.runs_in(section))
    return _InForce(
        heard,
        PhraseIndex(rule for rule in heard if rule.category == "filler"),
        PhraseIndex(
            rule for rule in heard if rule.category != "filler" and not rule.text.in_company
        ),
        PhraseIndex(rule for rule in heard if rule.text.in_company),
    )


def find_weak_phrases(transcript: Transcript, section: str, rules: RuleSet) -> tuple[Finding, ...]:
    """What weakens this answer, in the order in which it was said."""
    as_said = split(transcript.text)
    if sum(len(sentence.words) for sentence in as_said) < _FEWEST_WORDS:
        return ()
    in_force = _in_force(rules, section)
    fillers = list(find_phrases(as_said, in_force.fillers))
    noise = [(hit.number, hit.first, hit.end) for hit in fillers]
    fluent = _without(as_said, noise)
    broken = list(_restarts(_without(as_said, noise, pauses_stay=True), in_force.rules))
    content = _without(fluent, ((hit.number, hit.first, end) for hit, end in broken))
    spans = [_Span.of(hit, as_said) for hit in fillers if _said(hit, as_said) not in rules.ignored]
    spans += [_Span.of(hit, fluent) for hit, _ in broken]
    spans += [_Span.of(hit, content) for hit in find_phrases(content, in_force.others)]
    spans += [_Span.of(hit, content) for hit in _retold(content, in_force.rules)]
    around = Surroundings(content)
    certain = list(_borne_out(list(_apart(spans)), around))
    suspected = _in_company(certain, content, in_force.suspicions, around)
    found = [_finding(span, transcript) for span in (*certain, *suspected)]
    missing = (rule for rule in in_force.rules if rule.text.detector == "absence")
    found += [_of_the_section(rule) for rule in missing if is_absent(rule, content)]
    return tuple(sorted(found, key=lambda finding: (finding.start_char, finding.rule)))


def _said(match: Match, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    return sentences[match.number].words[match.first : match.end]


def _without(
    sentences: Sequence[Sentence],
    noise: Iterable[tuple[int, int, int]],
    *,
    pauses_stay: bool = False,
) -> tuple[Sentence, ...]:
    """The sentences without these stretches, each a sentence's number and places from, up to."""
    places: defaultdict[int, set[int]] = defaultdict(set)
    for number, first, end in noise:
        places[number].update(range(first, end))
    return tuple(
        sentence.without(places[number], pauses_stay=pauses_stay) if number in places else sentence
        for number, sentence in enumerate(sentences)
    )


def _restarts(sentences: Sequence[Sentence], rules: Iterable[Rule]) -> Iterator[tuple[Match, int]]:
    """What was begun again, each with the place where the part that was given up ends."""
    for rule in (rule for rule in rules if rule.text.detector == "restart"):
        for number, sentence in enumerate(sentences):
            for restart in restarts(sentence):
                match = Match(rule, number, restart.first, restart.end)
                yield match, restart.abandoned_end


def _retold(sentences: Sequence[Sentence], rules: Iterable[Rule]) -> Iterator[Match]:
    for rule in rules:
        if rule.text.detector in ("repetition", "reprise"):
            for again in retold(sentences):
                if again.in_other_words == (rule.text.detector == "reprise"):
                    yield Match(rule, again.number, again.first, again.end)


class _Span(msgspec.Struct, frozen=True):
    """What is underlined for a match, as offsets into the answer's text."""

    rule: Rule
    number: int
    """In which sentence, counted from 0."""
    start_char: int
    end_char: int

    @classmethod
    def of(cls, match: Match, sentences: Sequence[Sentence]) -> "_Span":
        sentence = sentences[match.number]
        first, end = match.first, match.end
        if match.rule.category not in _WORD_CATEGORIES:
            first, end = sentence.underlined(first, end - 1)
        start_char, end_char = sentence.starts_char[first], sentence.ends_char[end - 1]
        return cls(match.rule, match.number, start_char, end_char)

    def repeats(self, other: "_Span") -> bool:
        """Whether the other says as much of the same words: of a clause one weakness is enough."""
        categories = self.rule.category, other.rule.category
        both_of_clauses = _WORD_CATEGORIES.isdisjoint(categories)
        if not both_of_clauses and self.rule.category != other.rule.category:
            return False
        return self.start_char < other.end_char and other.start_char < self.end_char


def _apart(spans: Iterable[_Span]) -> Iterator[_Span]:
    """The spans without those that say the same of the same words: of two, the longer stays."""
    taken: defaultdict[Category, list[_Span]] = defaultdict(list)
    by_place = sorted(
        spans, key=lambda span: (span.start_char, -span.end_char, span.rule.text.last_resort)
    )
    for span in by_place:
        earlier = taken[span.rule.category]
        if not earlier or span.start_char >= earlier[-1].end_char:
            earlier.append(span)
    for kept in taken.values():
        yield from kept


def _borne_out(spans: Sequence[_Span], around: Surroundings) -> Iterator[_Span]:
    """The spans without those of doubtful rules that what is said around them speaks against."""
    weak = _weak(spans)
    for span in spans:
        if not (span.rule.text.doubtful and around.outweigh(span.number, weak)):
            yield span


def _in_company(
    certain: Sequence[_Span],
    sentences: Sequence[Sentence],
    suspicions: PhraseIndex,
    around: Surroundings,
) -> Iterator[_Span]:
    """What is suspected, says more than what is certain, and stands amid other weaknesses."""
    weak = _weak(certain)
    hits = find_phrases(
        sentences, suspicions, is_in_question=lambda number: around.company(number, weak) > 0
    )
    suspected = list(_apart(_Span.of(hit, sentences) for hit in hits))
    weak = _weak([*certain, *suspected])
    known: defaultdict[int, list[_Span]] = defaultdict(list)
    for span in certain:
        known[span.number].append(span)
    for span in suspected:
        says_more = not any(span.repeats(other) for other in known[span.number])
        if says_more and around.are_weak(span.number, weak):
            known[span.number].append(span)
            yield span


def _weak(spans: Iterable[_Span]) -> list[int]:
    """The sentences that these weaken, in order, one for each span; a filler is no company."""
    return sorted(span.number for span in spans if span.rule.category != "filler")


def _finding(span: _Span, transcript: Transcript) -> Finding:
    words = transcript.words_between(span.start_char, span.end_char)
    return Finding(
        rule=span.rule.id,
        category=span.rule.category,
        quote=transcript.text[span.start_char : span.end_char],
        start_char=span.start_char,
        end_char=span.end_char,
        start_s=words[0].start_s,
        end_s=words[-1].end_s,
        why=span.rule.text.why,
        instead=span.rule.text.instead,
    )


def _of_the_section(rule: Rule) -> Finding:
    return Finding(rule.id, rule.category, "", 0, 0, None, None, rule.text.why, rule.text.instead)
