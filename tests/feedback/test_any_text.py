"""Whatever was said, and in whichever script, feedback comes and lies inside the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.feedback.ruleset import SECTIONS
from rehearse.transcript import Transcript

_SAID = st.sampled_from(
    [
        "i",
        "we",
        "they",
        "um",
        "like",
        "just",
        "told",
        "my",
        "manager",
        "it",
        "was",
        "fixed",
        ",",
        ".",
        "-",
        "…",
        "'",
        "8%",
        "$8k",
        "שלום",
        "🙂",
        "ok",
        "so",
        "i,",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_SAID, max_size=60).map(" ".join)))
def test_no_text_raises_and_every_quote_is_in_it(text: str) -> None:
    transcript = Transcript.from_text(text)
    for section in (*SECTIONS, "a step of one's own"):
        for finding in find_weak_phrases(transcript, section, load_rules()):
            said = transcript.text[finding.start_char : finding.end_char]
            assert finding.quote == said


@pytest.mark.parametrize("text", ["", "Um.", "שלום", "🙂", "...", "'", "i", "I I I I I I I I"])
def test_hardly_anything_said_is_no_trouble(text: str) -> None:
    findings = find_weak_phrases(Transcript.from_text(text), "situation", load_rules())
    assert all(finding.category in ("restart", "filler") for finding in findings)
