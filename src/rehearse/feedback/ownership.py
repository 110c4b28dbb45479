"""Who owns the Action: each clause with who acts in it, and for how long.

A "we" that is context or credit is in the ledger like any other; something to say instead stands
beside those entries only that a rule found weak.
"""

from collections.abc import Iterator, Sequence

import msgspec

from rehearse.feedback.actors import Actor, actor_of
from rehearse.feedback.passages import Passage, passages
from rehearse.feedback.phrases import Finding
from rehearse.feedback.rewriting import say_instead
from rehearse.feedback.section import Section
from rehearse.feedback.sentences import Sentence, split
from rehearse.scenario import Category

_OWNED: tuple[Category, ...] = ("handoff", "we_language", "passive", "assigned")
"""Weaknesses of who acts; where several meet in one clause the first is answered."""


class Owned(msgspec.Struct, frozen=True, kw_only=True):
    """One clause and who acts in it. `seconds` counts words where the answer came as text."""

    section: str
    actor: Actor
    quote: str
    start_char: int
    end_char: int
    start_s: float | None = None
    end_s: float | None = None
    seconds: float | None = None
    words: int = 0
    instead: str | None = None


def ledger(sections: Sequence[Section]) -> tuple[Owned, ...]:
    """The clauses of Action, or of the whole answer where it was told in one go."""
    told = [section for section in sections if section.name in ("action", "whole")]
    return tuple(entry for section in told for entry in _entries(section))


def i_share(entries: Sequence[Owned]) -> float | None:
    """Of the time in which somebody acts, how much is the speaker's own; None where nobody does.

    Words stand for seconds where the answer came as text.
    """
    return _share([entry for entry in entries if entry.actor == "i"], entries)


def sound_share(entries: Sequence[Owned]) -> float:
    """The same without those acts of "I" that a rule found weak: passing it on, doing as told."""
    sound = [entry for entry in entries if entry.actor == "i" and not entry.instead]
    return _share(sound, entries) or 0.0


def _share(some: Sequence[Owned], entries: Sequence[Owned]) -> float | None:
    everything = _length([entry for entry in entries if entry.actor != "nobody"])
    return round(_length(some) / everything, 2) if everything else None


def _length(entries: Sequence[Owned]) -> float:
    if any(entry.seconds is None for entry in entries):
        return float(sum(entry.words for entry in entries))
    return sum(entry.seconds or 0.0 for entry in entries)


def _entries(section: Section) -> Iterator[Owned]:
    found = list(_acting(split(section.transcript.text)))
    borders = [(start, end) for _, start, end in found]
    for (actor, _, _), passage in zip(found, passages(section.heard, borders), strict=True):
        yield _entry(section, actor, passage)


def _entry(section: Section, actor: Actor, passage: Passage) -> Owned:
    weak = _weakness(section.findings, passage)
    return Owned(
        section=section.name,
        actor=actor,
        quote=passage.quote,
        start_char=passage.start_char,
        end_char=passage.end_char,
        start_s=passage.start_s,
        end_s=passage.end_s,
        seconds=passage.seconds,
        words=passage.words,
        instead=say_instead(weak.category, actor, passage.quote) if weak else None,
    )


def _weakness(findings: Sequence[Finding], passage: Passage) -> Finding | None:
    meeting = [
        finding
        for finding in findings
        if finding.category in _OWNED
        and finding.start_char < passage.end_char
        and passage.start_char < finding.end_char
    ]
    return min(meeting, key=lambda each: _OWNED.index(each.category), default=None)


def _acting(sentences: Sequence[Sentence]) -> Iterator[tuple[Actor, int, int]]:
    """Who acts, from which offset up to which: a new entry wherever somebody else begins to."""
    for sentence in sentences:
        current: Actor | None = None
        begin = 0
        starts = sentence.clause_starts if sentence.words else ()
        for first, end in zip(starts, (*starts[1:], len(sentence.words)), strict=True):
            actor = actor_of(sentence, first, end)
            if actor and current and actor != current:
                yield current, sentence.starts_char[begin], sentence.ends_char[first - 1]
                begin = first
            current = actor or current
        if sentence.words:
            yield current or "nobody", sentence.starts_char[begin], sentence.ends_char[-1]
