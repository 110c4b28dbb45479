import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.adapters.whisper.fillers import is_filler, parted
from rehearse.transcript import Word


def said(text):
    """The words, evenly: each 0.3 s long, 0.4 s from the next."""
    return tuple(Word(word, 0.4 * at, 0.4 * at + 0.3, 0.9) for at, word in enumerate(text.split()))


def parts(text):
    return tuple(" ".join(word.text for word in part) for part in parted(said(text)))


def test_ums_stand_apart_as_they_are_commonly_spelled_and_keep_their_times():
    words, fillers = parted(said("I wrote, ummm, a test."))

    assert [word.text for word in words] == ["I", "wrote", "a", "test."]
    assert fillers == (Word("um", 0.8, 1.1, 0.9),)


@pytest.mark.parametrize(
    ("read", "words", "fillers"),
    [
        ("Um, the first, uh, part.", "The first part.", "um uh"),
        ("It was it. Uh, hm, we left.", "It was it. We left.", "uh hmm"),
        ("We, we had a, we had a problem.", "We, we had a, we had a problem.", ""),
        ("Uh huh, it was 5 mm wide.", "Uh huh, it was 5 mm wide.", ""),
        ("Uh, huh, that went to the ER.", "Huh, that went to the ER.", "uh"),
        ("Um.", "", "um"),
        ("", "", ""),
    ],
)
def test_the_text_is_as_if_nobody_had_said_um(read, words, fillers):
    assert parts(read) == (words, fillers)


@pytest.mark.parametrize("text", ["um", "Um,", "uhh", "Hmm.", "er", "erm", "ah", "mm", "uhm"])
def test_these_are_ums(text):
    assert is_filler(text)


@pytest.mark.parametrize("text", ["ER", "uh-huh", "a", "her", "I'm", "oh", "hum", "m", "error"])
def test_these_are_not(text):
    assert not is_filler(text)


@given(st.lists(st.sampled_from(["I", "um,", "Uh", "huh", "like.", "5", "mm", "...", "ER"])))
def test_no_word_is_lost_or_invented(read):
    words, fillers = parted(said(" ".join(read)))

    assert len(words) + len(fillers) == len(read)
    assert all(is_filler(um.text) for um in fillers)
