"""What speaks for an answer and what against it, each with its evidence and with what to do."""

from collections.abc import Callable, Iterator

import msgspec

from rehearse.feedback.ownership import Owned
from rehearse.feedback.phrases import Finding
from rehearse.feedback.priority import WORST_FIRST
from rehearse.feedback.scoring import score
from rehearse.feedback.section import Section
from rehearse.feedback.told import Told
from rehearse.scenario import Category

_WORDING = WORST_FIRST.index("passive")
_RANKS = (*WORST_FIRST[:_WORDING], "worth", "lasting", *WORST_FIRST[_WORDING:])
"""What is missing from a result weighs more than wording."""
_MOST_WORDS = 16
_WHERE_WORK_IS_TOLD = ("action", "result", "whole")
_ENOUGH_OF_OWN_WORK = 0.5
_MOST_OF_OWN_WORK = 0.75
"""From this share on, who did it is no reason to say no."""


class Because(msgspec.Struct, frozen=True):
    """One reason of a verdict, with its evidence."""

    text: str
    quote: str | None = None
    section: str | None = None
    start_s: float | None = None


class Against(msgspec.Struct, frozen=True):
    """A reason against, what to do about it in one sentence, and as which weakness it ranks."""

    weakness: str
    because: Because
    fix: str


def in_favour(told: Told) -> Iterator[Because]:
    mine = [entry for entry in told.ledger if entry.actor == "i" and not entry.instead]
    if mine:
        longest = max(mine, key=lambda entry: entry.words)
        text = f"The work is visibly yours: {told.sound_share:.0%} of the acting time is “I”."
        yield _of_entry(text, longest)
    names = ("A number changed.", "It is said what that was worth.", "Something of it lasts.")
    for text, part in zip(names, told.outcome, strict=True):
        if part.found:
            yield _quoted(text, part.quote, told)


def against(told: Told) -> Iterator[Against]:
    """What is forgiven least comes first. Only what has cost points is a reason."""
    cost = {part.name for part in score(told) if part.points < part.most}
    found = [each for name, reasons in _AGAINST.items() if name in cost for each in reasons(told)]
    quotes: list[str] = []
    for each in sorted(found, key=lambda each: _RANKS.index(each.weakness)):
        quote = each.because.quote
        if quote and any(quote in other or other in quote for other in quotes):
            continue  # the same words are one reason
        quotes += [quote] if quote else []
        yield each


# --- who did it -----------------------------------------------------------------------------------

_HIDDEN: tuple[tuple[Category, str], ...] = (
    ("handoff", "Somebody else solved it after you had passed it on."),
    ("we_language", "“We” hides what you did."),
    ("passive", "Nobody can see who did it."),
)


def _own_work(told: Told) -> Iterator[Against]:
    if told.sound_share >= _MOST_OF_OWN_WORK and not told.findings("handoff"):
        return
    for category, text in _HIDDEN:
        places = [each for each in told.findings(category) if each[0].name in _WHERE_WORK_IS_TOLD]
        for section, finding in places[:1]:
            fix = _own_work_fix(told, section, finding)
            yield Against(category, _of(text, section, finding), fix)
    is_hidden = any(told.findings(category) for category, _ in _HIDDEN)
    if told.sound_share < _ENOUGH_OF_OWN_WORK and not is_hidden:
        share = f"Only {told.sound_share:.0%} of the acting time is you."
        step = next(entry.section for entry in told.ledger) if told.ledger else "action"
        fix = f"In {step}: say with “I” what you did, one step at a time."
        yield Against("we_language", Because(share), fix)


def _own_work_fix(told: Told, section: Section, finding: Finding) -> str:
    meeting = (
        entry.instead
        for entry in told.ledger
        if entry.section == section.name
        and entry.instead
        and entry.start_char < finding.end_char
        and finding.start_char < entry.end_char
    )
    if finding.category == "handoff":
        return _in(
            section,
            f"after “{_short(finding.quote)}”, say what you did yourself until it was solved.",
        )
    return _in(section, next(meeting, finding.instead))


# --- what came of it ------------------------------------------------------------------------------


def _result(told: Told) -> Iterator[Against]:
    metric, impact, lasting = told.outcome
    step = _result_step(told)
    if not metric.found:
        yield _without_a_number(told, step)
    if not impact.found:
        after = f"after “{_short(metric.quote)}”, " if metric.quote else ""
        fix = f"In {step}: {after}say what that was worth in money, hours or people."
        because = Because("It is not said what the change was worth.", section=step)
        yield Against("worth", because, fix)
    if not lasting.found:
        fix = f"In {step}: end on what others do differently since."
        yield Against("lasting", Because("Nothing is said to last.", section=step), fix)


def _without_a_number(told: Told, step: str) -> Against:
    text = "No number changed, so nobody can tell what it brought."
    for section, finding in told.findings("vague_result"):
        fix = f"in place of “{_short(finding.quote)}”, say one figure before and after."
        return Against("no_metric", _of(text, section, finding), _in(section, fix))
    fix = f"In {step}: say one figure before and after; an honest estimate will do."
    return Against("no_metric", Because(text, section=step), fix)


def _result_step(told: Told) -> str:
    names = [section.name for section in told.sections]
    return "result" if "result" in names else names[-1]


# --- how the speaker stands to it -----------------------------------------------------------------


def _standing(told: Told) -> Iterator[Against]:
    for section, finding in told.findings("assigned")[:1]:
        fix = f"before “{_short(finding.quote)}”, say what you saw that made you begin."
        because = _of("The work was given to you.", section, finding)
        yield Against("assigned", because, _in(section, fix))
    for section, finding in told.findings("blame")[:1]:
        fix = f"in place of “{_short(finding.quote)}”, say what you could do about it."
        because = _of("The blame goes to others.", section, finding)
        yield Against("blame", because, _in(section, fix))
    for section, _ in told.findings("missing_boundary")[:1]:
        fix = "say in one sentence whose area it was, and whether anybody had asked you."
        because = Because("It is not said whose job it was.", section=section.name)
        yield Against("missing_boundary", because, _in(section, fix))


def _lesson(told: Told) -> Iterator[Against]:
    test = told.reflection
    if test is None or test.kind == "specific":
        return
    quote = f"“{_short(test.quote)}” would fit any story: " if test.quote else ""
    yield Against(
        "generic_reflection",
        _quoted("The lesson would fit any story.", test.quote, told),
        f"In reflection: {quote}say what this one changed in how you work.",
    )


def _time(told: Told) -> Iterator[Against]:
    late = [section for section in told.sections if section.verdict == "over_limit"]
    worst = max(late, key=lambda section: section.overrun_s or 0.0)
    first = f", beginning with “{_short(worst.cut[0].quote)}”" if worst.cut else ""
    names = " and ".join(section.name for section in late)
    because = Because(f"Past the limit: {names}.", section=worst.name)
    fix = f"leave out {worst.overrun_s or 0.0:.0f} s{first}."
    yield Against("over_limit", because, _in(worst, fix))


_AGAINST: dict[str, Callable[[Told], Iterator[Against]]] = {
    "own work": _own_work,
    "result": _result,
    "standing": _standing,
    "lesson": _lesson,
    "time": _time,
}


# --- evidence -------------------------------------------------------------------------------------


def _of(text: str, section: Section, finding: Finding) -> Because:
    return Because(text, finding.quote or None, section.name, finding.start_s)


def _of_entry(text: str, entry: Owned) -> Because:
    return Because(text, entry.quote, entry.section, entry.start_s)


def _quoted(text: str, quote: str | None, told: Told) -> Because:
    for section in told.sections:
        start = section.transcript.text.rfind(quote) if quote else -1
        if quote and start >= 0:
            words = section.heard.words_between(start, start + len(quote))
            return Because(text, quote, section.name, words[0].start_s)
    return Because(text, quote)


def _in(section: Section, advice: str) -> str:
    return f"In {section.name}: {advice}"


def _short(quote: str | None) -> str:
    words = (quote or "").split()
    if len(words) <= _MOST_WORDS:
        return " ".join(words).rstrip(".,;:")
    return " ".join(words[:_MOST_WORDS]).rstrip(".,;:") + " …"
