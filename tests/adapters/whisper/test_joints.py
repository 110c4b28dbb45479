"""Two decodings that share sound lose no word and double none."""

from itertools import pairwise

from rehearse.adapters.whisper.joints import joined
from rehearse.transcript import Word


def said(text, start_s):
    return tuple(
        Word(word, start_s + 0.4 * number, start_s + 0.4 * number + 0.3, 0.9)
        for number, word in enumerate(text.split())
    )


def texts(words):
    return " ".join(word.text for word in words)


def test_words_that_both_heard_stand_once():
    before, after = said("I wrote a test that failed", 0.0), said("test that failed twice", 1.2)

    assert texts(joined(before, after, joint_s=1.6)) == "I wrote a test that failed twice"


def test_half_a_word_at_either_end_gives_way_to_the_whole_one():
    before, after = said("I wrote a test that fa", 0.0), said("st that failed twice", 1.2)

    assert texts(joined(before, after, joint_s=1.6)) == "I wrote a test that failed twice"


def test_where_they_agree_on_nothing_the_joint_decides():
    before, after = said("we lost four parcels", 0.0), said("for barrels every week", 0.8)

    joint_s = 1.15
    words = joined(before, after, joint_s)

    assert texts(words) == "we lost four barrels every week"
    assert all(a.start_s <= b.start_s for a, b in pairwise(words))


def test_a_side_without_words_takes_none_from_the_other():
    words = said("we lost four parcels", 0.0)

    assert joined(words, (), joint_s=1.5) == words
    assert joined((), words, joint_s=0.0) == words
