from rehearse.feedback.coverage import KeyPoint
from rehearse.feedback.fillers import Filler
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import SpokenText, judge_section
from rehearse.interview import Prompt
from rehearse.transcript import Hearing, Span, Transcript, Word

PROMPT = Prompt("result", "step", "How did it end?", 5.0, 8.0, key_points=("from 3% to zero",))
SAID = "Um, the team was happy with it."


def test_an_answer_is_judged_by_its_clock_its_words_and_its_key_points():
    words = tuple(
        Word(text, 1.0 + index, 1.8 + index, 0.9 - index / 100)
        for index, text in enumerate(SAID.split())
    )
    hearing = Hearing(Transcript(words), (Span(1.0, 7.8),), 9.004)

    section = judge_section(PROMPT, hearing, load_rules(), "takes/result-1.wav")

    assert (section.name, section.kind, section.question) == ("result", "step", "How did it end?")
    assert (section.target_s, section.limit_s, section.recorded_s) == (5.0, 8.0, 9.0)
    assert (section.first_word_s, section.spoken_s, section.overrun_s) == (1.0, 6.8, 1.8)
    assert (section.verdict, section.audio) == ("over", "takes/result-1.wav")
    assert section.transcript == SpokenText(SAID, words)
    assert section.fillers == (Filler("Um", 1.0, 1.8, 0.9),)
    assert section.key_points == (KeyPoint("from 3% to zero", said=False),)
    assert [finding.category for finding in section.findings] == [
        "filler",
        "no_metric",
        "vague_result",
    ]


def test_a_finding_has_the_seconds_of_its_words():
    words = tuple(Word(text, index, index + 0.5, 0.9) for index, text in enumerate(SAID.split()))

    section = judge_section(PROMPT, Hearing(Transcript(words), (Span(0, 7),), 7.0), load_rules())

    vague = next(finding for finding in section.findings if finding.category == "vague_result")
    assert section.transcript.text[vague.start_char : vague.end_char] == vague.quote
    assert (vague.start_s, vague.end_s) == (1.0, 6.5)


def test_a_silent_take_has_no_findings_and_misses_every_key_point():
    section = judge_section(PROMPT, Hearing(Transcript(), (), 4.0), load_rules())

    assert (section.verdict, section.findings, section.fillers) == ("silent", (), ())
    assert section.key_points == (KeyPoint("from 3% to zero", said=False),)
