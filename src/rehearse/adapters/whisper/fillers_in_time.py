"""Ums moved to the sounds that they are.

Whisper knows well that an um was said and less well when: tiny.en is up to 0.8 s late. But an um is
a sound of its own between two words, so it lies in a sound between them.
"""

from collections.abc import Iterator, Sequence

import msgspec

from rehearse.transcript import Span, Word

_SURE = 0.3
"""Ums that were said are surer than this, those that were made of noise are not (docs/decisions/0022)."""
_SURE_OF_A_VOWEL = 0.18
"""The same where the model heard it in a vowel that is held: faint ums are, and noise is not."""
_HELD_S = 0.2
_LATER_S = 0.3
"""So much nearer must a sound be that begins after the um has ended: the model is late, not early."""
_WORD_S = 0.2
"""What a word before an um takes of a sound that both share, if the model gives it more."""
_SHORTEST_S = 0.05
_LONGEST_S = 0.8
_ONE_UM_S = 0.5
_LEAST_S = 0.1


def in_time(
    fillers: Sequence[Word], words: Sequence[Word], sounds: Sequence[Span]
) -> tuple[Word, ...]:
    """The sure ones at their sounds. Of fillers at one sound as many are kept as it has time for, the
    surest: in a loop the model hears one um many times.
    """
    placed: list[Word] = []
    sure = [filler for filler in fillers if _is_sure(filler, sounds)]
    for gap, inside in _by_gap(sure, words):
        free = _free(gap, sounds)
        at: dict[Span | None, list[Word]] = {}
        for filler in inside:
            at.setdefault(_its_sound(filler, free), []).append(filler)
        for sound, sharing in at.items():
            if sound:
                placed += _shared(sharing, sound)
            else:  # an um beside another one has a sound of its own, or takes time
                placed += [
                    _as_aligned(each) for each in sharing if [each] == inside or _takes_time(each)
                ]
    return tuple(sorted(placed, key=lambda filler: filler.start_s or 0.0))


def _is_sure(filler: Word, sounds: Sequence[Span]) -> bool:
    is_held = any(
        sound.duration_s >= _HELD_S and _distance_s(filler, sound) < 0 for sound in sounds
    )
    return (filler.confidence or 0.0) >= (_SURE_OF_A_VOWEL if is_held else _SURE)


class _Gap(msgspec.Struct, frozen=True):
    start_s: float
    end_s: float


def _by_gap(fillers: Sequence[Word], words: Sequence[Word]) -> list[tuple[_Gap, list[Word]]]:
    """The fillers between each two words, and how far they can lie."""
    gaps: dict[int, list[Word]] = {}
    for filler in fillers:
        after = sum(_middle_s(word) <= _middle_s(filler) for word in words)
        gaps.setdefault(after, []).append(filler)
    return [(_gap(after, words, inside), inside) for after, inside in gaps.items()]


def _gap(after: int, words: Sequence[Word], inside: list[Word]) -> _Gap:
    start_s, end_s = 0.0, max(filler.end_s or 0.0 for filler in inside) + _LONGEST_S
    if after:
        before = words[after - 1]
        start_s = min(before.end_s or 0.0, (before.start_s or 0.0) + _WORD_S)
    if after < len(words):
        end_s = words[after].start_s or 0.0
    return _Gap(start_s, end_s)


def _free(gap: _Gap, sounds: Sequence[Span]) -> list[Span]:
    """What of the sounds lies between the two words."""
    cut = (Span(max(s.start_s, gap.start_s), min(s.end_s, gap.end_s)) for s in sounds)
    return [sound for sound in cut if sound.duration_s >= _SHORTEST_S]


def _its_sound(filler: Word, free: Sequence[Span]) -> Span | None:
    """The nearest one; none where the model heard the um for a while, and somewhere else."""
    sound = min(free, key=lambda sound: _far_s(filler, sound), default=None)
    return None if sound and _takes_time(filler) and _distance_s(filler, sound) > 0 else sound


def _takes_time(filler: Word) -> bool:
    return (filler.end_s or 0.0) - (filler.start_s or 0.0) >= _LEAST_S


def _shared(fillers: Sequence[Word], sound: Span) -> Iterator[Word]:
    room = max(1, int(sound.duration_s / _ONE_UM_S))
    surest = sorted(fillers, key=lambda filler: -(filler.confidence or 0.0))[:room]
    kept = [filler for filler in fillers if filler in surest]
    if len(kept) == 1 and sound.duration_s > _LONGEST_S:  # it runs on into words
        start_s = min(max(kept[0].start_s or 0.0, sound.start_s), sound.end_s - _LEAST_S)
        end_s = min(max(kept[0].end_s or 0.0, start_s + _LEAST_S), sound.end_s)
        yield Word(kept[0].text, start_s, end_s, kept[0].confidence)
        return
    each_s = sound.duration_s / len(kept)
    for number, filler in enumerate(kept):
        start_s = sound.start_s + number * each_s
        yield Word(filler.text, start_s, start_s + each_s, filler.confidence)


def _as_aligned(filler: Word) -> Word:
    start_s = filler.start_s or 0.0
    return Word(
        filler.text, start_s, max(filler.end_s or 0.0, start_s + _LEAST_S), filler.confidence
    )


def _far_s(filler: Word, sound: Span) -> float:
    is_later = sound.start_s > (filler.end_s or 0.0)
    return _distance_s(filler, sound) + (_LATER_S if is_later else 0.0)


def _distance_s(filler: Word, sound: Span) -> float:
    """Between them; negative by how much they share."""
    return max(filler.start_s or 0.0, sound.start_s) - min(filler.end_s or 0.0, sound.end_s)


def _middle_s(word: Word) -> float:
    return ((word.start_s or 0.0) + (word.end_s or 0.0)) / 2
