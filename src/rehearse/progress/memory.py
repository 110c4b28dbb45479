"""How well each part of each story is still known: spaced repetition over what was told."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import msgspec

from rehearse.progress.grading import Graded, grade
from rehearse.progress.sitting import Sitting, Told

LONGEST_DAYS = 30
"""Whoever has interviews ahead tells every story once a month at least."""

_TELLINGS = 40
"""What was told before the last forty times changes nothing any more."""

Part = tuple[str, str]
"""A scenario and one of its parts: a step's name, a follow-up's question, or WHOLE."""


class Memory(msgspec.Struct, frozen=True):
    """What is known of one part."""

    first_told: datetime
    last_told: datetime
    times: int
    due: datetime
    recall: float
    """How likely it still sits, 0 to 1."""
    last: Graded


def memories(sittings: Iterable[Sitting], now: datetime) -> Mapping[Part, Memory]:
    """For every part that was ever told, alone or in one go with others; `sittings` with the
    oldest first.
    """
    tellings: dict[Part, list[tuple[datetime, Told]]] = {}
    for sitting in sittings:
        for told in sitting.parts:
            part = (sitting.scenario or "", _part(told))
            tellings.setdefault(part, []).append((sitting.started_at, told))
    return {part: _remembered(times, now) for part, times in tellings.items()}


def day_of(moment: datetime, now: datetime) -> date:
    """The day of `moment` where the user is."""
    return moment.astimezone(now.tzinfo).date()


def _part(told: Told) -> str:
    return told.question if told.kind == "probe" else told.name


def _remembered(tellings: list[tuple[datetime, Told]], now: datetime) -> Memory:
    from fsrs import Card, Rating, Scheduler

    # Whole days, and no chance: the same sessions give the same plan.
    scheduler = Scheduler(
        learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
    )
    card = Card(card_id=0, due=tellings[0][0])  # an id of its own would cost a millisecond
    for at, told in tellings[-_TELLINGS:]:
        card, _ = scheduler.review_card(card, Rating(grade(told).grade), at.astimezone(UTC))
    return Memory(
        first_told=tellings[0][0],
        last_told=tellings[-1][0],
        times=len(tellings),
        due=card.due,
        recall=round(scheduler.get_card_retrievability(card, now.astimezone(UTC)), 3),
        last=grade(tellings[-1][1]),
    )
