"""Key points by what a language model makes of them, with a model that says what a test tells it."""

import pytest

from rehearse.feedback.coverage import KeyPoint, cover
from rehearse.transcript import Transcript


class ToldMeaning:
    """Knows the log odds of the pairs that a test names; to all others it says a clear no."""

    def __init__(self, odds, nearest=None):
        self.odds = odds
        self.asked = []
        self._nearest = nearest

    def nearest(self, phrases, sentences, at_most):
        order = list(range(len(sentences))) if self._nearest is None else self._nearest
        return [order[:at_most] for _ in phrases]

    def says(self, pairs):
        self.asked += pairs
        return [self.odds.get(pair, -5.0) for pair in pairs]


class BrokenMeaning:
    def nearest(self, phrases, sentences, at_most):
        return None

    def says(self, pairs):
        return None


def covered(text, phrase, meaning):
    return cover((phrase,), Transcript.from_text(text), meaning)[0]


PULLED = "I hit the big red knob and the belt stood still."
SHUT = "I shut down the line"


@pytest.mark.parametrize(("odds", "is_said"), [(2.7, True), (2.5, False)])
def test_a_point_in_quite_other_words_counts_where_the_model_is_sure_enough(odds, is_said):
    meaning = ToldMeaning({(PULLED, SHUT): odds})

    point = covered(f"It was six. {PULLED} Nobody spoke.", SHUT, meaning)

    assert point == KeyPoint(SHUT, said=is_said, quote=PULLED if is_said else None)


def test_of_several_sentences_the_surest_is_quoted():
    meaning = ToldMeaning({("It stood.", SHUT): 2.8, (PULLED, SHUT): 3.0})

    assert covered(f"It stood. {PULLED}", SHUT, meaning).quote == PULLED


@pytest.mark.parametrize(
    ("words", "least"), [("I shut down the line", -7.4), ("shut the line off", 0.0)]
)
def test_words_that_say_it_are_quoted_and_need_less_of_the_model(words, least):
    text = f"So it was me and I {words.removeprefix('I ')} at six."

    assert covered(text, SHUT, ToldMeaning({(text, SHUT): least + 0.1})) == KeyPoint(
        SHUT, said=True, quote=words
    )
    assert not covered(text, SHUT, ToldMeaning({(text, SHUT): least - 0.1})).said


def test_words_that_only_seem_to_say_it_do_not_count_against_the_model():
    text = "I shut down the line of thought."

    assert not covered(text, SHUT, ToldMeaning({(text, SHUT): -7.5})).said


def test_where_the_words_say_it_of_somebody_else_the_model_must_be_very_sure():
    text = "My lead shut down the line."

    assert not covered(text, SHUT, ToldMeaning({(text, SHUT): 3.5})).said
    assert covered(text, SHUT, ToldMeaning({(text, SHUT): 3.7})).said


def test_the_model_is_asked_about_the_nearest_sentences_only():
    sentences = [f"Number {n} was on the list." for n in range(9)]
    meaning = ToldMeaning({}, nearest=[8, 6, 4, 2, 0, 1, 3])

    covered(" ".join(sentences), SHUT, meaning)

    assert meaning.asked == [(sentences[n], SHUT) for n in (8, 6, 4, 2, 0)]


def test_once_the_words_and_the_model_agree_no_other_sentence_is_asked_about():
    text = "I shut down the line."
    meaning = ToldMeaning({(text, SHUT): 3.0})

    covered(f"{text} {PULLED}", SHUT, meaning)

    assert meaning.asked == [(text, SHUT)]


def test_where_the_model_fails_the_words_alone_decide():
    assert covered("I shut down the line.", SHUT, BrokenMeaning()) == KeyPoint(
        SHUT, said=True, quote="I shut down the line."
    )
    assert not covered(PULLED, SHUT, BrokenMeaning()).said


@pytest.mark.parametrize("text", ["", "?!", "no", "😀 مرحبا"])
def test_no_text_is_too_short_or_too_strange(text):
    assert covered(text, SHUT, ToldMeaning({})) == KeyPoint(SHUT, said=False)
    assert cover((), Transcript.from_text(text), ToldMeaning({})) == ()
