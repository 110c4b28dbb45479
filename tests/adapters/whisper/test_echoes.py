from rehearse.adapters.whisper.echoes import without_echoes
from rehearse.transcript import Word


def said(text, start_s=0.0, each_s=0.4):
    return tuple(
        Word(word, start_s + each_s * at, start_s + each_s * (at + 0.75), 0.9)
        for at, word in enumerate(text.split())
    )


def test_a_sentence_that_the_model_says_again_in_no_time_is_an_echo():
    once = said("This is a long stop.")

    assert without_echoes(once + said("This is a long stop.", 2.0, each_s=0.0)) == once


def test_of_two_the_one_that_takes_time_stays():
    again = said("This is a long stop.", 2.0)

    assert without_echoes(said("This is a long stop.", 2.0, each_s=0.0) + again) == again


def test_what_is_really_said_twice_stays():
    twice = said("I like, I like, I like beans")

    assert without_echoes(twice) == twice


def test_no_words_have_no_echo():
    assert without_echoes(()) == ()
