from rehearse.adapters.whisper.fillers_in_time import in_time
from rehearse.transcript import Span, Word

FUN, ME = Word("fun.", 20.0, 20.8, 0.9), Word("I", 21.5, 21.6, 0.9)


def um(start_s, end_s, confidence=0.9):
    return Word("um", start_s, end_s, confidence)


def times(fillers):
    return [(round(filler.start_s, 2), round(filler.end_s, 2)) for filler in fillers]


def test_an_um_that_the_model_hears_late_is_moved_to_the_sound_between_its_words():
    sounds = (Span(19.9, 20.15), Span(20.74, 20.95), Span(21.5, 21.7))

    assert times(in_time([um(21.43, 21.43)], [FUN, ME], sounds)) == [(20.74, 20.95)]


def test_an_um_in_a_sound_that_runs_on_into_words_stays_where_the_model_heard_it():
    sounds = (Span(18.0, 23.0),)

    assert times(in_time([um(21.0, 21.3)], [FUN, ME], sounds)) == [(21.0, 21.3)]


def test_an_um_that_takes_time_where_no_vowel_sounds_is_left_alone():
    """A hoarse or breathed um has no pitch."""
    assert times(in_time([um(21.0, 21.3)], [FUN, ME], (Span(20.3, 20.6),))) == [(21.0, 21.3)]


def test_a_loop_of_ums_is_as_many_as_there_is_sound_for():
    loop = [um(20.5 + 0.01 * at, 20.5 + 0.01 * at, 0.9 - 0.1 * at) for at in range(6)]

    assert times(in_time(loop, [FUN, ME], (Span(20.5, 21.5),))) == [
        (20.5, 21.0),
        (21.0, 21.5),
    ]


def test_a_second_um_without_a_sound_of_its_own_is_an_echo():
    assert times(in_time([um(20.9, 21.2), um(21.3, 21.3)], [FUN, ME], ())) == [(20.9, 21.2)]


def test_a_lone_um_is_kept_without_any_sound():
    assert times(in_time([um(21.3, 21.3)], [FUN, ME], ())) == [(21.3, 21.4)]


def test_an_um_before_the_first_word_and_after_the_last_has_its_sound_too():
    sounds = (Span(19.2, 19.5), Span(22.0, 22.4))

    assert times(in_time([um(19.5, 19.5), um(22.1, 22.2)], [FUN, ME], sounds)) == [
        (19.2, 19.5),
        (22.0, 22.4),
    ]


def test_a_faint_um_is_kept_where_a_vowel_is_held():
    faint = um(21.0, 21.2, confidence=0.2)

    held, short = Span(20.95, 21.2), Span(21.05, 21.2)
    assert times(in_time([faint], [FUN, ME], (held,))) == [(20.95, 21.2)]
    assert in_time([faint], [FUN, ME], (short,)) == ()


def test_an_um_that_is_only_a_guess_is_left_out():
    assert in_time([um(21.0, 21.3, confidence=0.17)], [FUN, ME], (Span(21.0, 21.3),)) == ()


def test_a_sound_that_begins_after_the_um_has_ended_is_that_of_the_next_word():
    sounds = (Span(20.9, 21.1), Span(21.35, 21.5))

    assert times(in_time([um(21.3, 21.3)], [FUN, ME], sounds)) == [(20.9, 21.1)]
