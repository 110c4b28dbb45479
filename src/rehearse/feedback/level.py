"""The whole answer against the level that was chosen: its total time, and what it asks for."""

from collections.abc import Callable, Sequence

import msgspec

from rehearse.feedback.passages import sentences_of
from rehearse.feedback.result import Evidence, ResultTest
from rehearse.feedback.ruleset import RuleSet
from rehearse.feedback.sentences import words_of
from rehearse.feedback.timing import TimeVerdict
from rehearse.feedback.told import Told
from rehearse.scenario import Level

MOST_OWNED = 0.6
"""From this share of the acting time on, an answer counts as told with "I"."""

Answer = Callable[[Told, RuleSet], Evidence | None]


class Expected(msgspec.Struct, frozen=True):
    """One thing that the level expects. `met` is None where only a person can tell."""

    text: str
    met: bool | None = None
    quote: str | None = None


class LevelTest(msgspec.Struct, frozen=True, kw_only=True):
    level: str
    bar: str = ""
    spoken_s: float | None = None
    shortest_s: float | None = None
    longest_s: float | None = None
    verdict: TimeVerdict | None = None
    """Of the steps' time together; None where not all steps were told aloud."""
    expects: tuple[Expected, ...] = ()


def judge_level(told: Told, level: Level, rules: RuleSet, *, is_complete: bool) -> LevelTest:
    """`is_complete` says whether every step was told, so that the times add up to something."""
    shortest_s, longest_s = level.total_s
    steps = [section for section in told.sections if section.kind != "probe"]
    times = [section.spoken_s for section in steps if section.spoken_s is not None]
    spoken_s = round(sum(times), 2) if times else None
    return LevelTest(
        level=level.name,
        bar=level.bar,
        spoken_s=spoken_s,
        shortest_s=float(shortest_s),
        longest_s=float(longest_s),
        verdict=_time(spoken_s, shortest_s, longest_s) if is_complete else None,
        expects=tuple(_expected(text, told, rules) for text in level.expects),
    )


def _time(spoken_s: float | None, shortest_s: float, longest_s: float) -> TimeVerdict | None:
    """Where the level names one figure, half of it is already enough, as it is for a step."""
    if spoken_s is None:
        return None
    if spoken_s <= 0:
        return "silent"
    if spoken_s > longest_s:
        return "over"
    least_s = shortest_s if shortest_s < longest_s else shortest_s / 2
    return "short" if spoken_s < least_s else "on_target"


def _expected(text: str, told: Told, rules: RuleSet) -> Expected:
    words = set(words_of(text))
    parts = [part for part, keys in _PARTS_OF_A_RESULT if keys & words]
    for keys, answer in _ANSWERS:
        if keys & words:
            evidence = answer(told, rules)
            return Expected(text, evidence.found, evidence.quote) if evidence else Expected(text)
    return _outcome(text, parts, told.result) if parts else Expected(text)


def _border(told: Told, rules: RuleSet) -> Evidence | None:
    """The words that say whose area it was, wherever it had to be said; None where the user switched
    off the rule that knows them.
    """
    rule = rules.rule("missing_boundary.whose-area")
    sections = [section for section in told.sections if section.name in ("task", "whole")]
    if rule is None or not sections:
        return None
    quotes = (
        passage.quote
        for section in sections
        for sentence, passage in sentences_of(section.heard)
        if any(pattern.is_in(sentence) for pattern in rule.patterns)
    )
    quote = next(quotes, None)
    return Evidence(quote is not None, quote)


def _own_steps(told: Told, _: RuleSet) -> Evidence | None:
    share = told.own_share
    if share is None:
        return None
    mine = next((entry.quote for entry in told.ledger if entry.actor == "i"), None)
    return Evidence(share >= MOST_OWNED, mine)


def _outcome(text: str, parts: Sequence[str], result: ResultTest) -> Expected:
    """All the parts of a result that the level speaks of, with the words of the first."""
    told = [getattr(result, part) for part in parts]
    is_met = all(part.found for part in told)
    return Expected(text, is_met, next((part.quote for part in told if part.found), None))


def _reflected(part: str) -> Answer:
    def answer(told: Told, _: RuleSet) -> Evidence | None:
        return getattr(told.reflection, part) if told.reflection else None

    return answer


_ANSWERS: tuple[tuple[frozenset[str], Answer], ...] = (
    (frozenset({"trade", "tradeoff", "weighs"}), _reflected("trade_off")),
    (frozenset({"habit", "habits"}), _reflected("habit")),
    (frozenset({"agreement", "organisation", "systemic", "beyond"}), _reflected("beyond")),
    (frozenset({"lesson", "learned", "reflection"}), _reflected("specific")),
    (frozenset({"i"}), _own_steps),
    (frozenset({"border", "boundary", "owned", "scope"}), _border),
)
_PARTS_OF_A_RESULT = (
    (
        "metric_delta",
        frozenset({"number", "numbers", "figure", "figures", "count", "change", "result"}),
    ),
    ("business_impact", frozenset({"money", "price", "worth", "result"})),
    ("second_order", frozenset({"other", "others", "elsewhere", "result"})),
)
