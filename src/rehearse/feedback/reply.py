"""The reply to a follow-up, by the rules of that follow-up.

A follow-up says itself what it looks for: the weaknesses that make it the fitting question are those
that its reply must make good, its weak reply shows what it warns of, and its strong reply turns on
one key line. Whoever says that line has answered; whoever does not has answered by making good what
was lacking, without falling back into what the weak reply does. Likeness to the strong reply earns
nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import msgspec

from rehearse.feedback.amounts import Amount, amounts
from rehearse.feedback.coverage import KeyPoint
from rehearse.feedback.own_words import own_words
from rehearse.feedback.passages import Passage, sentences_of
from rehearse.feedback.pattern import Pattern
from rehearse.feedback.phrases import Finding, find_weak_phrases
from rehearse.feedback.result import Evidence
from rehearse.feedback.ruleset import RuleSet
from rehearse.feedback.sentences import Sentence, split
from rehearse.feedback.stems import stem
from rehearse.feedback.word_groups import phrase
from rehearse.scenario import Category, Probe
from rehearse.transcript import Transcript

FEWEST_WORDS = 5
_FEWEST_OWN_WORDS = 5
_AS_WEAK = 0.5
"""Whoever says this share of what the weak reply says has given the weak reply."""
_SHORTEST_TELLING = 4
_LEAST_COUNT = 10
"""Smaller numbers count steps and people far more often than what was measured."""
_SPOILS: frozenset[Category | None] = frozenset({"handoff", "assigned", None})
"""Whoever does this has not answered, whatever else they say; other faults only weaken."""
_NO_FAULT: frozenset[Category] = frozenset({"filler", "restart", "no_metric", "missing_boundary"})

Told = Sequence[tuple[Sentence, Passage]]


class Sought(msgspec.Struct, frozen=True):
    """One thing that the follow-up looks for, and the words that show it."""

    text: str
    found: bool
    quote: str | None = None


class Fault(msgspec.Struct, frozen=True):
    """What the weak reply does wrong, done again. No category where its very content was said."""

    category: Category | None
    quote: str
    start_s: float | None


class ReplyTest(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a follow-up was answered. `quote` is what answers it, or else what spoils it."""

    probes_for: str
    answered: bool
    quote: str | None = None
    sought: tuple[Sought, ...] = ()
    faults: tuple[Fault, ...] = ()


def judge_reply(
    probe: Probe,
    transcript: Transcript,
    findings: Sequence[Finding],
    key_points: Sequence[KeyPoint],
    rules: RuleSet,
) -> ReplyTest:
    told = sentences_of(transcript)
    weak = probe.weak.text if probe.weak else ""
    warned = warned_of(weak, rules) | set(probe.asks_when)
    faults = tuple(_faults(findings, warned)) + tuple(_as_weak(told, probe))
    sought = tuple(_sought(told, findings, warned))
    key_line = next((point.quote for point in key_points if point.said), None)
    spoilt = next((fault.quote for fault in faults if fault.category in _SPOILS), None)
    shows_all = all(each.found for each in sought) and spoilt is None
    enough = sum(len(sentence.words) for sentence, _ in told) >= FEWEST_WORDS
    answered = enough and (key_line is not None or shows_all)
    shown = next((each.quote for each in sought if each.found), None)
    return ReplyTest(
        probes_for=probe.probes_for,
        answered=answered,
        quote=(key_line or shown) if answered else spoilt,
        sought=sought,
        faults=faults,
    )


@lru_cache(maxsize=200)
def warned_of(weak_reply: str, rules: RuleSet) -> frozenset[Category]:
    """What the rules find in the weak reply."""
    found = find_weak_phrases(Transcript.from_text(weak_reply), "probe", rules)
    return frozenset(finding.category for finding in found) - _NO_FAULT


def _faults(findings: Sequence[Finding], warned: frozenset[Category]) -> Iterator[Fault]:
    for finding in findings:
        if finding.quote and finding.category in warned - _NO_FAULT:
            yield Fault(finding.category, finding.quote, finding.start_s)


def _as_weak(told: Told, probe: Probe) -> Iterator[Fault]:
    """The weak reply told in nearly its own words, whether a rule knows it or not."""
    if probe.weak is None or not told:
        return
    said = _content([sentence for sentence, _ in told])
    strong = _content(split(probe.strong.text)) if probe.strong else frozenset()
    telling = _content(split(probe.weak.text)) - strong
    if telling and len(said & telling) >= _AS_WEAK * len(telling):
        yield Fault(None, told[0][1].quote, told[0][1].start_s)


def _content(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Their stems, without the short words that are in every reply."""
    words = (word for sentence in sentences for word in sentence.words)
    return frozenset(stem(word) for word in words if len(word) >= _SHORTEST_TELLING)


# --- what is looked for ---------------------------------------------------------------------------

Look = Callable[[Told, Sequence[Finding]], Evidence]


def _own_step(told: Told, findings: Sequence[Finding]) -> Evidence:
    given_away = [each.quote for each in findings if each.category == "handoff"]
    sound = [pair for pair in told if not any(quote in pair[1].quote for quote in given_away)]
    return _first(phrase("own_making"), sound)


def _figure(told: Told, _: Sequence[Finding]) -> Evidence:
    changed = _first(phrase("metric_delta"), told)
    if changed.found:
        return changed
    measured = (
        passage.quote
        for sentence, passage in told
        if any(_is_measured(amount) for amount in amounts(sentence.words))
    )
    quote = next(measured, None)
    return Evidence(quote is not None, quote)


def _is_measured(amount: Amount) -> bool:
    return amount.kind != "plain" or amount.value >= _LEAST_COUNT


def _of_this_story(told: Told, findings: Sequence[Finding]) -> Evidence:
    generic = [each.quote for each in findings if each.category == "generic_reflection"]
    own = [
        (len(set(own_words(sentence))), passage.quote)
        for sentence, passage in told
        if not any(quote in passage.quote for quote in generic)
    ]
    if sum(number for number, _ in own) < _FEWEST_OWN_WORDS:
        return Evidence(found=False)
    return Evidence(found=True, quote=max(own)[1])


def _own_reason(told: Told, _: Sequence[Finding]) -> Evidence:
    return _first(phrase("own_reason"), told)


def _first(pattern: Pattern, told: Told) -> Evidence:
    quote = next((passage.quote for sentence, passage in told if pattern.is_in(sentence)), None)
    return Evidence(quote is not None, quote)


_LOOKS: tuple[tuple[str, frozenset[Category], Look], ...] = (
    (
        "a step that you took yourself",
        frozenset({"handoff", "we_language", "passive", "blame"}),
        _own_step,
    ),
    (
        "a figure that was measured",
        frozenset({"no_metric", "vague_result", "vague_quantity"}),
        _figure,
    ),
    (
        "what belongs to this story and to no other",
        frozenset({"generic_reflection", "repetition"}),
        _of_this_story,
    ),
    (
        "your own reason",
        frozenset({"assigned", "missing_boundary"}),
        _own_reason,
    ),
)
_WITHOUT_ANY = _LOOKS[2]


def _sought(
    told: Told, findings: Sequence[Finding], warned: frozenset[Category]
) -> Iterator[Sought]:
    """One entry for each kind of weakness that the follow-up is there for."""
    looks = [each for each in _LOOKS if each[1] & warned] or [_WITHOUT_ANY]
    for text, _, look in looks:
        evidence = look(told, findings)
        yield Sought(text, evidence.found, evidence.quote)
