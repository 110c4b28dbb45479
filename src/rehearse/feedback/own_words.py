"""Words that belong to one story: what is left when the words of every story are taken away."""

from rehearse.feedback.pattern import Pattern
from rehearse.feedback.ruleset import load_rules
from rehearse.feedback.sentences import Sentence


def own_words(sentence: Sentence, plain: Pattern | None = None) -> list[str]:
    """In the order in which they were said."""
    plain = plain or load_rules().phrase("plain")
    places = range(len(sentence.words))
    return [
        sentence.words[place] for place in places if not plain.is_in(sentence, place, place + 1)
    ]
