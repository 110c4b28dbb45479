from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.feedback.totals import Totals, total
from rehearse.interview import Prompt
from rehearse.transcript import Hearing, Span, Transcript, Word

STEP = Prompt("task", "step", "What was it?", 20.0, 30.0)


def spoken(text, spoken_s):
    words = tuple(Word(word, 0.0, 0.1, 0.9) for word in text.split())
    return judge_section(
        STEP, Hearing(Transcript(words), (Span(0.0, spoken_s),), 60.0), load_rules()
    )


def test_the_whole_is_the_sum_of_its_sections():
    sections = [spoken("Um, it was my own idea.", 12.0), spoken("Nobody had asked me.", 48.0)]

    assert total(sections) == Totals(
        spoken_s=60.0,
        target_s=40.0,
        limit_s=60.0,
        verdict="over",
        fillers_per_min=1.0,
        pace_wpm=10.0,
    )


def test_ums_that_were_only_heard_count_as_fillers_and_not_as_words():
    hearing = Hearing(
        Transcript((Word("Done.", 0.0, 0.4, 0.9),)),
        (Span(0.0, 30.0),),
        60.0,
        fillers=(Word("um", 3.0, 3.4, 0.8), Word("uh", 9.0, 9.2, 0.7)),
    )

    sums = total([judge_section(STEP, hearing, load_rules())])

    assert (sums.fillers_per_min, sums.pace_wpm) == (4.0, 2.0)


def test_silence_has_no_rates():
    silent = judge_section(STEP, Hearing(Transcript(), (), 9.0), load_rules())

    assert total([silent]) == Totals(0.0, 20.0, 30.0, "silent", None, None)


def test_text_alone_is_not_timed():
    text = judge_section(STEP, Hearing(Transcript.from_text("I fixed it.")), load_rules())

    assert total([text]) == Totals(None, 20.0, 30.0, None, None, None)
