"""How often each category is found, and how often rightly: figures that ship with the rules."""

from functools import cache
from importlib.resources import files

import msgspec

from rehearse.scenario import Category


class Rates(msgspec.Struct, frozen=True):
    """None where nothing was labelled, or nothing found."""

    labels: int
    recall: float | None
    findings: int
    precision: float | None


class Measured(msgspec.Struct, frozen=True):
    """Figures of one day, on answers that were never read to improve a rule."""

    date: str
    answers: int
    categories: dict[Category, Rates]


@cache
def load_measured() -> Measured:
    """The figures that `benchmarks/findings.py --write` wrote."""
    text = files("rehearse.feedback").joinpath("measured.json").read_bytes()
    return msgspec.json.decode(text, type=Measured)
