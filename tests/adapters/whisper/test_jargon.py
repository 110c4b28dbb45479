import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.adapters.whisper.jargon import with_jargon
from rehearse.transcript import Word


def said(text):
    """The words, evenly: each 0.3 s long, 0.4 s from the next."""
    return tuple(Word(word, 0.4 * at, 0.4 * at + 0.3, 0.9) for at, word in enumerate(text.split()))


def corrected(heard, *vocabulary, likelier=lambda text: 0.0):
    return " ".join(word.text for word in with_jargon(said(heard), vocabulary, likelier))


def likely(*texts):
    """A judge to whom these are likelier than anything else."""
    return lambda text: float(any(part in text for part in texts))


@pytest.mark.parametrize(
    ("heard", "term", "spoken"),
    [
        ("The web books arrived.", "webhook", "The webhooks arrived."),
        ("Into a dead letter Q.", "dead letter queue", "Into a dead letter queue."),
        ("It was in dynamo DB now.", "DynamoDB", "It was in DynamoDB now."),
        ("Role back, we said.", "rollback", "Rollback, we said."),
    ],
)
def test_what_sounds_like_a_term_becomes_it_where_the_model_finds_it_likelier(heard, term, spoken):
    assert corrected(heard, term, likelier=likely(spoken)) == spoken


def test_words_that_are_likelier_than_the_term_stay():
    heard = "I bought two web books."

    assert corrected(heard, "webhook", likelier=likely("web books")) == heard


def test_where_both_are_about_as_likely_the_term_was_said_since_it_is_expected():
    heard = "The web books arrived."

    assert corrected(heard, "webhook") == "The webhooks arrived."


@pytest.mark.parametrize("heard", ["He ran a book club.", "A retry code.", "The race condition."])
def test_other_words_are_never_compared(heard):
    def judge(text):
        assert text == heard
        return 0.0

    assert corrected(heard, "webhook", "retry", "race condition", likelier=judge) == heard


def test_a_term_takes_the_time_of_the_words_in_its_place():
    words = with_jargon(
        said("The dad letter cue"), ["dead letter queue"], likely("The dead letter queue")
    )

    assert [(word.text, round(word.start_s, 2), round(word.end_s, 2)) for word in words[1:]] == [
        ("dead", 0.4, 0.69),
        ("letter", 0.69, 1.13),
        ("queue", 1.13, 1.5),
    ]


texts = st.text("abrty -'.,", max_size=20)


@given(texts, st.lists(texts, max_size=3), st.integers())
def test_no_text_and_no_vocabulary_raises(heard, vocabulary, seed):
    corrected(heard, *vocabulary, likelier=lambda text: float(hash((text, seed))))
