"""Words that belong to one story: what is left when the words of every story are taken away."""

from rehearse.feedback.sentences import Sentence
from rehearse.feedback.word_groups import phrase


def own_words(sentence: Sentence) -> list[str]:
    """In the order in which they were said."""
    plain = phrase("plain")
    places = range(len(sentence.words))
    return [
        sentence.words[place] for place in places if not plain.is_in(sentence, place, place + 1)
    ]
