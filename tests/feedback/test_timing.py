import pytest

from rehearse.feedback.timing import PastTarget, Timing, pace_wpm, time_answer, time_verdict
from rehearse.transcript import Hearing, Span, Transcript, Word


def heard(*words, speech, recorded_s=60.0):
    placed = tuple(Word(text, start_s, start_s + 0.4, 0.9) for text, start_s in words)
    return Hearing(Transcript(placed), speech, recorded_s)


def test_an_answer_is_timed_from_the_first_sound_of_the_voice_to_the_last():
    hearing = heard(
        ("I", 1.2), ("fixed", 6.0), ("it.", 9.8), speech=(Span(1.2, 5.0), Span(6.0, 10.4))
    )

    assert time_answer(hearing, target_s=10.0, limit_s=15.0) == Timing(
        first_word_s=1.2,
        spoken_s=9.2,
        overrun_s=0.0,
        verdict="on_target",
        past_target=None,
        pace_wpm=19.6,
        pauses=(Span(5.0, 6.0),),
    )


def test_the_words_that_begin_after_the_target_are_named():
    hearing = heard(("one", 2.0), ("two", 6.9), ("three", 7.0), ("four", 8.0), speech=(Span(2, 9),))

    timing = time_answer(hearing, target_s=5.0, limit_s=10.0)

    assert (timing.verdict, timing.overrun_s) == ("over", 2.0)
    assert timing.past_target == PastTarget("three four", 7.0)


def test_an_overrun_in_the_middle_of_the_last_word_names_no_words():
    timing = time_answer(heard(("one", 0.0), speech=(Span(0.0, 5.2),)), 5.0, 10.0)

    assert (timing.overrun_s, timing.past_target) == (0.2, None)


def test_a_take_without_speech_is_silent():
    silent = Timing(spoken_s=0.0, overrun_s=0.0, verdict="silent")

    assert time_answer(Hearing(Transcript(), (), 30.0), 30.0, 45.0) == silent
    assert time_answer(Hearing(Transcript(), (), 0.0), None, None) == silent


def test_text_is_not_timed():
    assert time_answer(Hearing(Transcript.from_text("I fixed it.")), 30.0, 45.0) == Timing()


@pytest.mark.parametrize(
    ("spoken_s", "verdict"),
    [
        (0, "silent"),
        (14.9, "short"),
        (15, "on_target"),
        (30, "on_target"),
        (30.1, "over"),
        (45, "over"),
        (45.1, "over_limit"),
    ],
)
def test_spoken_time_is_judged_against_target_and_limit(spoken_s, verdict):
    assert time_verdict(spoken_s, 30.0, 45.0) == verdict


def test_without_a_target_there_is_no_verdict_on_time():
    assert time_verdict(12.0, None, None) is None


def test_gaps_shorter_than_half_a_second_are_the_rhythm_of_speech():
    hearing = heard(("a", 0.0), speech=(Span(0, 1), Span(1.49, 2), Span(2.5, 3)))

    assert time_answer(hearing, None, None).pauses == (Span(2.0, 2.5),)


def test_pace_counts_words_over_spoken_time():
    assert pace_wpm(130, 60.0) == 130.0
    assert pace_wpm(0, 0.0) is None
