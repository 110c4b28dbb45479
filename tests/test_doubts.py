"""What the recogniser may learn of what was put right, and what it must not."""

import msgspec
import pytest

from rehearse.doubts import doubts, settle, terms_learnt
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import SpokenText
from tests.sessions import finished_session

TOLD = {
    "situation": "The cue was full and the webbooks of 5 merchants were lost.",
    "result": "The queue is empty now.",
}


def unsure(session, text):
    """The session as if the recogniser had not been sure of that word."""
    sections = tuple(
        msgspec.structs.replace(
            section,
            transcript=SpokenText(
                section.transcript.text,
                tuple(
                    msgspec.structs.replace(word, confidence=0.2) if word.text == text else word
                    for word in section.transcript.words
                ),
            ),
        )
        for section in session.sections
    )
    return msgspec.structs.replace(session, sections=sections)


@pytest.mark.parametrize(
    ("heard", "said", "learnt"),
    [
        ("webbooks", "webhooks", ["webhooks"]),
        ("webbooks", "Dead-letter queues", ["dead-letter queues"]),
        ("webbooks", "webbooks", []),
        ("webbooks", "", []),
        ("webbooks", "of", []),
        ("webbooks", "noticed", []),
        ("webbooks", "500", []),
        ("cue", "queue", []),
    ],
    ids=[
        "term",
        "words",
        "was-right",
        "nothing",
        "short",
        "key-point",
        "number",
        "heard-elsewhere",
    ],
)
def test_only_what_is_not_graded_and_not_heard_elsewhere_is_learnt(heard, said, learnt):
    session = unsure(finished_session(told=TOLD), heard)
    (doubt,) = doubts(session, below=0.5)

    settled = settle(session, doubt, said, load_rules(), None)

    assert terms_learnt(settled, settled.sections[doubt.section]) == learnt


def test_a_corrected_session_is_the_one_that_would_have_been_heard():
    session = unsure(finished_session(told=TOLD), "cue")
    (doubt,) = doubts(session, below=0.5)
    heard_right = finished_session(
        told={**TOLD, "situation": TOLD["situation"].replace("cue", "queue")}
    )

    settled = settle(session, doubt, "queue", load_rules(), None)

    assert settled.sections[0].transcript.text == heard_right.sections[0].transcript.text
    assert settled.sections[0].findings == heard_right.sections[0].findings
    assert settled.totals == heard_right.totals
    assert [*doubts(settled, below=0.5)] == []
