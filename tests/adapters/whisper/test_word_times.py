from rehearse.adapters.whisper.word_times import (
    is_suspicious,
    place_fillers,
    place_words,
    without_loops,
)
from rehearse.transcript import Span, Word


def times(words):
    return [(word.text, word.start_s, word.end_s) for word in words]


def test_a_word_that_starts_in_silence_is_moved_to_where_the_voice_begins():
    words = (Word("So", 0.2, 2.4, 0.9), Word("yes", 2.4, 4.5, 0.9))

    placed, speech = place_words(words, (Span(2.0, 3.0),))

    assert times(placed) == [("So", 2.0, 2.4), ("yes", 2.4, 3.0)]
    assert speech == (Span(2.0, 3.0),)


def test_a_word_across_a_pause_belongs_to_the_side_that_holds_most_of_it():
    words = (Word("one", 0.0, 0.9, 0.9), Word("two", 0.9, 3.4, 0.9))

    placed, _ = place_words(words, (Span(0.0, 1.0), Span(3.0, 3.5)))

    assert times(placed) == [("one", 0.0, 1.0), ("two", 3.0, 3.5)]


def test_a_word_before_a_pause_lasts_as_long_as_the_voice_does_unless_something_follows_it():
    words = (Word("one", 0.0, 0.4, 0.9), Word("two", 0.5, 0.9, 0.9), Word("three", 1.9, 2.2, 0.9))

    placed, _ = place_words(words, (Span(0.0, 1.0), Span(1.9, 2.8)))

    assert times(placed) == [("one", 0.0, 0.4), ("two", 0.5, 1.0), ("three", 1.9, 2.2)]


def test_a_doubtful_word_with_no_voice_near_it_was_invented():
    words = (Word("Done.", 1.0, 1.5, 0.9), Word("Thank", 8.0, 8.4, 0.3), Word("you.", 8.4, 9, 0.2))

    placed, speech = place_words(words, (Span(1.0, 1.5),))

    assert times(placed) == [("Done.", 1.0, 1.5)]
    assert speech == (Span(1.0, 1.5),)


def test_a_sure_word_with_no_voice_near_it_was_whispered():
    words = (Word("Done.", 1.0, 1.5, 0.9), Word("really", 8.0, 8.4, 0.95))

    assert times(place_words(words, (Span(1.0, 1.5),))[0])[1] == ("really", 8.0, 8.4)


def test_a_cough_long_before_the_answer_is_not_part_of_it_but_an_um_is():
    cough, um, answer = Span(0.5, 0.8), Span(4.0, 4.4), Span(5.0, 7.0)

    _, speech = place_words((Word("I", 5.0, 5.2, 0.9),), (cough, um, answer))

    assert speech == (um, answer)


def test_where_no_word_is_left_nobody_spoke():
    assert place_words((Word("you", 9.0, 9.1, 0.1),), (Span(1.0, 1.4),)) == ((), ())


def test_the_tail_of_a_loop_takes_no_time_and_is_cut():
    looped = tuple(Word("uh", 1.0 + 0.01 * i, 1.01 + 0.01 * i, 0.9) for i in range(100))
    said = (Word("So", 0.5, 0.9, 0.9), *looped, Word("yes", 3.0, 3.3, 0.9))

    assert [word.text for word in without_loops(said)] == ["So", "uh", "uh", "uh", "uh", "yes"]


def test_a_word_that_is_really_said_many_times_stays():
    said = tuple(Word("no,", 0.3 * i, 0.3 * i + 0.2, 0.9) for i in range(9))

    assert without_loops(said) == said


def test_a_doubtful_goodbye_was_invented_but_a_sure_one_was_said():
    said = (Word("I", 0.0, 0.3, 0.9), Word("left.", 0.3, 0.8, 0.9))

    for word, kept in (
        (Word("Thanks.", 0.8, 0.9, 0.2), said),
        (Word("Thanks.", 0.8, 0.9, 0.9), None),
    ):
        placed, _ = place_words((*said, word), (Span(0.0, 0.9),))
        assert [w.text for w in placed] == [w.text for w in kept or (*said, word)]


def test_a_decoding_that_left_a_long_stretch_of_voice_without_words_is_suspicious():
    words = (Word("one", 0.0, 0.5, 0.9), Word("two", 4.0, 4.4, 0.9))

    assert is_suspicious(words, (Span(0.0, 4.4),))
    assert not is_suspicious(words, (Span(0.0, 0.6), Span(4.0, 4.4)))


def test_a_decoding_that_says_a_word_three_times_running_is_suspicious():
    rewind = tuple(Word("rewind,", i / 2, i / 2 + 0.4, 0.9) for i in range(3))

    assert is_suspicious(rewind, (Span(0.0, 1.4),))
    assert not is_suspicious(rewind[:2], (Span(0.0, 0.9),))


def test_an_um_far_from_any_voice_of_the_answer_is_no_um():
    spoken = (Span(1.0, 3.0),)
    near, far = Word("um", 0.6, 0.81234, 0.9), Word("uh", 4.0, 4.3, 0.9)

    assert place_fillers((near, far), spoken) == (Word("um", 0.6, 0.812, 0.9),)
    assert place_fillers((near, far), ()) == ()


def test_a_word_that_is_given_the_time_of_a_lost_sentence_is_suspicious():
    lost = (Word("The", 0.0, 0.2, 0.9), Word("approach.", 0.2, 8.0, 0.9))

    assert is_suspicious(lost, (Span(0.0, 8.0),))


def test_a_sentence_lost_at_the_end_or_between_breaths_is_suspicious():
    """Voice counts where it is, however often it stops."""
    said = (Word("The", 0.0, 0.3, 0.9), Word("approach", 0.3, 0.9, 0.9))
    breaths = (Span(0.0, 1.5), Span(1.7, 2.9), Span(3.1, 4.4))

    assert is_suspicious(said, breaths)
    assert not is_suspicious(said, breaths[:2])
