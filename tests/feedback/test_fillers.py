from rehearse.feedback.fillers import Filler, all_fillers, bursts
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.transcript import Hearing, Span, Transcript, Word


def um(start_s, end_s=None):
    return Filler("um", start_s, start_s + 0.3 if end_s is None else end_s, 0.8)


def fillers_in(hearing):
    return all_fillers(hearing, find_weak_phrases(hearing.transcript, "task", load_rules()))


def test_ums_from_the_sound_and_words_that_fill_time_stand_in_order_of_time():
    words = tuple(
        Word(text, float(at), at + 0.5, 0.9 - at / 100)
        for at, text in enumerate(["It", "was,", "you", "know,", "a", "long", "week."])
    )
    hearing = Hearing(
        Transcript(words),
        (Span(0.0, 7.0),),
        8.0,
        fillers=(Word("uh", 0.6, 0.9, 0.7), Word("um", 4.6, 4.9, 0.6)),
    )

    assert fillers_in(hearing) == (
        Filler("uh", 0.6, 0.9, 0.7),
        Filler("you know", 2.0, 3.5, 0.87),
        Filler("um", 4.6, 4.9, 0.6),
    )


def test_fillers_of_a_text_keep_its_order_and_have_no_times():
    hearing = Hearing(Transcript.from_text("Um, I basically fixed it."))

    assert fillers_in(hearing) == (
        Filler("Um", None, None, None),
        Filler("basically", None, None, None),
    )


def test_three_fillers_close_together_are_a_burst_and_two_are_not():
    lone, pair, burst = [um(1.0)], [um(10.0), um(11.0)], [um(20.0), um(22.0), um(24.2)]

    assert bursts([*lone, *pair, *burst]) == (tuple(burst),)


def test_a_long_silence_between_two_fillers_ends_a_burst():
    assert bursts([um(1.0), um(2.0), um(4.4), um(5.0)]) == ()


def test_fillers_without_times_make_no_burst():
    assert bursts([Filler("um", None, None, None)] * 5) == ()
