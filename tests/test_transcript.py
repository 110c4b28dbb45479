from hypothesis import given
from hypothesis import strategies as st

from rehearse.transcript import Transcript, Word


def test_the_text_is_the_words_joined_by_single_spaces():
    assert Transcript.from_text("  So,\n I  fixed\tit. ").text == "So, I fixed it."


def test_offsets_name_every_word_that_they_touch():
    transcript = Transcript((Word("So,", 0.0, 0.2), Word("I", 0.5, 0.6), Word("fixed", 0.6, 1.0)))

    assert transcript.words_between(1, 5) == transcript.words[:2]
    assert transcript.words_between(4, 5) == transcript.words[1:2]
    assert transcript.words_between(0, len(transcript.text)) == transcript.words


def test_an_empty_stretch_names_no_word():
    assert Transcript.from_text("I fixed it").words_between(3, 3) == ()
    assert Transcript().words_between(0, 10) == ()


@given(st.text(), st.data())
def test_any_word_of_any_text_is_found_by_its_own_offsets(text, data):
    transcript = Transcript.from_text(text)
    if not transcript.words:
        return
    index = data.draw(st.integers(0, len(transcript.words) - 1))
    before = " ".join(word.text for word in transcript.words[:index])
    start_char = len(before) + 1 if index else 0
    word = transcript.words[index]

    found = transcript.words_between(start_char, start_char + len(word.text))

    assert found == (word,)
    assert transcript.text[start_char:].startswith(word.text)
