"""Numbers in digits or words → values that can be compared: "8K", "eight thousand", "$8,000"."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

Kind = Literal["plain", "money", "ratio"]

_UNITS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()  # noqa: SIM905 - counted in order
    )
}
_TENS = {
    word: value * 10
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),  # noqa: SIM905
        start=2,
    )
}
_SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 10**6, "billion": 10**9}
_SHARES = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}
_SUFFIXES = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9, "%": 0.01}
_CURRENCIES = ("dollar", "dollars", "pounds", "euros", "bucks", "pound", "euro")
_DIGITS = re.compile(r"([$£€]?)(\d+(?:[.,]\d+)*)(%|k|m|bn)?")
_GROUPED = re.compile(r",(?=\d{3}\b)")


class Amount(msgspec.Struct, frozen=True):
    """A number at the places `first` up to `end` of a list of words; a percentage is a ratio."""

    first: int
    end: int
    value: float
    kind: Kind

    def equals(self, other: "Amount") -> bool:
        alike = self.kind == other.kind or "plain" in (self.kind, other.kind)
        if not alike:
            return False
        if self.kind == other.kind == "ratio" and _is_rounded(self.value, other.value):
            return True
        return abs(self.value - other.value) <= 1e-9 * max(1.0, abs(self.value))


def _is_rounded(one: float, other: float) -> bool:
    """Whether they are a third or a sixth, and the same in whole percent: 33 percent."""
    fraction, rounded = (one, other) if round(other, 2) == other else (other, one)
    return 0 < rounded == round(fraction, 2) and abs(fraction * 6 - round(fraction * 6)) < 1e-9  # noqa: PLR2004


def amounts(words: Sequence[str]) -> Iterator[Amount]:
    """The numbers among these bare words, from left to right, none inside another."""
    place = 0
    while place < len(words):
        found = _share(words, place) or _number(words, place)
        if found:
            yield found
        place = found.end if found else place + 1


def _share(words: Sequence[str], place: int) -> Amount | None:
    """`half`, `a third`, `one in five`."""
    if words[place] == "half":
        return Amount(place, place + 1, 0.5, "ratio")
    if words[place] in ("a", "one") and words[place + 1 : place + 2]:
        share = _SHARES.get(words[place + 1])
        if share:
            return Amount(place, place + 2, share, "ratio")
    if words[place] in ("one", "1") and tuple(words[place + 1 : place + 2]) in (("in",), ("of",)):
        of = _plain(words, place + 2)
        if of and of[0] > 1:
            return Amount(place, of[1], 1 / of[0], "ratio")
    return None


def _number(words: Sequence[str], place: int) -> Amount | None:
    digits = _DIGITS.fullmatch(words[place])
    if digits:
        value = _read(digits[2]) * _SUFFIXES[digits[3] or ""]
        found: tuple[float, int] | None = (value, place + 1)
        kind: Kind = "money" if digits[1] else "ratio" if digits[3] == "%" else "plain"
        while found and words[found[1] : found[1] + 1] and words[found[1]] in _SCALES:
            found = found[0] * _SCALES[words[found[1]]], found[1] + 1
    else:
        found, kind = _plain(words, place), "plain"
    if found is None:
        return None
    value, end = found
    if tuple(words[end : end + 1]) == ("percent",):
        return Amount(place, end + 1, value / 100, "ratio")
    if words[end : end + 1] and words[end] in _CURRENCIES:
        return Amount(place, end + 1, value, "money")
    return Amount(place, end, value, kind)


def _read(digits: str) -> float:
    plain = _GROUPED.sub("", digits).replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))


def _plain(words: Sequence[str], place: int) -> tuple[float, int] | None:
    """A number in words, and the place after it; "one" alone is a pronoun far more often."""
    digits = _DIGITS.fullmatch(words[place]) if place < len(words) else None
    if digits:
        return _read(digits[2]) * _SUFFIXES[digits[3] or ""], place + 1
    total, current, end, seen = 0.0, 0.0, place, False
    while end < len(words):
        word = words[end]
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word in _SCALES and (seen or words[end - 1 : end] in (["a"], ("a",))):
            scale = _SCALES[word]
            current = (current or 1) * scale
            if scale > 100:  # noqa: PLR2004 - "two hundred thousand" goes on, "two thousand" is done
                total, current = total + current, 0.0
        elif word == "point" and words[end + 1 : end + 2] and words[end + 1] in _UNITS:
            fraction, end = _fraction(words, end + 1)
            return total + current + fraction, end
        else:
            break
        seen, end = True, end + 1
    if not seen or (end == place + 1 and words[place] == "one"):
        return None
    return total + current, end


def _fraction(words: Sequence[str], place: int) -> tuple[float, int]:
    digits = ""
    while place < len(words) and words[place] in _UNITS and _UNITS[words[place]] < 10:  # noqa: PLR2004
        digits += str(_UNITS[words[place]])
        place += 1
    return float(f"0.{digits or '0'}"), max(place, 1)
