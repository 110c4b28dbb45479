"""Everything that `history` answers with."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from rehearse.progress.bank import Bank, bank_of
from rehearse.progress.sitting import Sitting
from rehearse.progress.trends import Trends, trends_of
from rehearse.scenario import Scenario


class History(msgspec.Struct, frozen=True):
    """The sessions, the latest first, and what they tell together."""

    sessions: tuple[Sitting, ...]
    trends: Trends
    bank: Bank
    spoken_s: float
    disk_bytes: int
    judged_otherwise: int
    """Sessions that other rules or another model judged than the latest one: not quite alike."""


def history_of(sittings: Sequence[Sitting], scenarios: Iterable[Scenario], today: date) -> History:
    """`sittings` with the oldest first."""
    told = [sitting for sitting in sittings if sitting.told]  # no rule judges a quiz
    return History(
        sessions=tuple(reversed(sittings)),
        trends=trends_of(sittings, today),
        bank=bank_of(scenarios, sittings),
        spoken_s=round(sum(sitting.spoken_s or 0.0 for sitting in sittings), 2),
        disk_bytes=sum(sitting.disk_bytes for sitting in sittings),
        judged_otherwise=sum(_judge(sitting) != _judge(told[-1]) for sitting in told),
    )


def _judge(sitting: Sitting) -> tuple[str, int, str | None]:
    return sitting.rehearse_version, sitting.rules, sitting.model
