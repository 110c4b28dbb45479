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


def test_silence_has_no_rates():
    silent = judge_section(STEP, Hearing(Transcript(), (), 9.0), load_rules())

    assert total([silent]) == Totals(0.0, 20.0, 30.0, "silent", None, None)


def test_text_alone_is_not_timed():
    text = judge_section(STEP, Hearing(Transcript.from_text("I fixed it.")), load_rules())

    assert total([text]) == Totals(None, 20.0, 30.0, None, None, None)
