"""Which single words are numbers, in digits or spoken."""

from rehearse.feedback.sentences import word_set

_SPOKEN = word_set(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion half third thirds quarter quarters dozen percent
    """
)


def is_number(word: str) -> bool:
    """Whether a bare word counts: 0.3%, $8k, 1,200, twelve, half.

    "One" does not: it is a pronoun far more often. Nor do "first" and "second", which put in order.
    """
    if word in _SPOKEN:
        return True
    return word.lstrip("$£€")[:1].isdigit() and not word.endswith(("st", "nd", "rd", "th"))


def is_money(word: str) -> bool:
    """Whether a bare word is a sum with its currency sign: $8k, £400."""
    return word.startswith(("$", "£", "€")) and is_number(word)
