"""Words put right: what was recognised stays beside them, and finds its place in new words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.corrections import Correction, corrected, reapplied
from rehearse.transcript import Word

WORDS = (
    Word("We", 1.0, 1.2, 0.9),
    Word("lost", 1.2, 1.5, 0.9),
    Word("webbooks.", 1.5, 2.1, 0.3),
    Word("Daily.", 2.5, 3.0, 0.9),
)


def texts(words):
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("said", "put_right"),
    [
        ("webhooks", (Word("webhooks.", 1.5, 2.1, 1.0),)),
        ("webbooks.", (Word("webbooks.", 1.5, 2.1, 1.0),)),
        ("many hooks", (Word("many", 1.5, 1.74, 1.0), Word("hooks.", 1.74, 2.1, 1.0))),
        ("  why? ", (Word("why?", 1.5, 2.1, 1.0),)),
        ("", ()),
    ],
    ids=["another", "the-same", "two-words", "own-mark", "nothing"],
)
def test_what_was_said_takes_the_place_and_the_time_of_the_word(said, put_right):
    words, correction = corrected(WORDS, 2, said)

    assert words == (*WORDS[:2], *put_right, WORDS[3])
    assert correction == Correction("webbooks.", texts(put_right), 1.5, 2.1)


def test_a_correction_finds_its_word_where_another_model_heard_it():
    _, correction = corrected(WORDS, 2, "webhooks")
    heard_anew = (
        Word("Lost", 1.1, 1.4, 0.8),
        Word("web", 1.6, 1.8, 0.8),
        Word("books", 1.8, 2.0, 0.8),
        Word("daily.", 2.2, 2.9, 0.8),
    )

    words, corrections = reapplied(heard_anew, [correction])

    assert texts(words) == "Lost webhooks. daily."
    assert corrections == (Correction("web books", "webhooks.", 1.5, 2.1),)


@pytest.mark.parametrize(
    ("heard_anew", "now"),
    [
        ((Word("lost", 1.2, 1.4, 0.8), Word("daily.", 2.6, 2.9, 0.8)), "lost webhooks. daily."),
        ((Word("webhooks.", 2.3, 2.9, 0.8),), "webhooks."),
        ((Word("webbooks", 2.0, 2.6, 0.8),), "webhooks."),
        ((), "webhooks."),
    ],
    ids=["dropped", "elsewhere", "later", "nothing-heard"],
)
def test_what_was_put_right_stands_wherever_the_new_words_lie(heard_anew, now):
    _, correction = corrected(WORDS, 2, "webhooks")

    assert texts(reapplied(heard_anew, [correction])[0]) == now


said = st.sampled_from(["", "webhooks", "a dead letter queue", "I"])


@given(st.integers(0, 3), said, st.integers(0, 3), said)
def test_corrections_of_the_same_words_give_the_same_again(first, say, second, then_say):
    words, one = corrected(WORDS, first, say)
    if second == first:
        corrections = [one]
    else:
        place = words.index(WORDS[second])
        words, two = corrected(words, place, then_say)
        corrections = [one, two]

    assert reapplied(WORDS, corrections) == (words, tuple(corrections))
