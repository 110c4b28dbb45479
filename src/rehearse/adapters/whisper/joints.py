"""Two decodings of neighbouring stretches that share some sound, made one."""

from difflib import SequenceMatcher

from rehearse.transcript import Word

_NEAR_S = 1.2
"""How far from the joint a word may be, that both have heard."""


def joined(before: tuple[Word, ...], after: tuple[Word, ...], joint_s: float) -> tuple[Word, ...]:
    """All words of both, those that both have heard once: they go over from one to the other in the
    longest run of words on which they agree, and at the joint where they agree on none.
    """
    last = _first_from(before, joint_s - _NEAR_S)
    first = _first_from(after, joint_s + _NEAR_S)
    left = [_sound(word) for word in before[last:]]
    right = [_sound(word) for word in after[:first]]
    same = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
    if same.size:
        return before[: last + same.a + same.size] + after[same.b + same.size :]
    return tuple(word for word in before if _middle_s(word) < joint_s) + tuple(
        word for word in after if _middle_s(word) >= joint_s
    )


def _first_from(words: tuple[Word, ...], time_s: float) -> int:
    return next((n for n, word in enumerate(words) if _middle_s(word) >= time_s), len(words))


def _middle_s(word: Word) -> float:
    return ((word.start_s or 0.0) + (word.end_s or 0.0)) / 2


def _sound(word: Word) -> str:
    return word.text.casefold().strip(".,!?…-\"'")
