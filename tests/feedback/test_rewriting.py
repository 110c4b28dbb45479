"""What is offered instead of a clause that hides who acts."""

import pytest

from rehearse.feedback.rewriting import say_instead


@pytest.mark.parametrize(
    ("actor", "quote", "mine"),
    [
        ("we", "so we rolled it back", "I rolled it back."),
        ("we", "Later our team rebuilt the index", "I rebuilt the index."),
        ("passive", "First a new form was written", "I wrote a new form."),
        (
            "passive",
            "it was decided that the oven should be checked",
            "I decided that the oven should be checked.",
        ),
        ("passive", "It was agreed to close the line", "I agreed to close the line."),
        ("passive", "it was replaced", "I replaced it."),
    ],
)
def test_what_nobody_is_said_to_have_done_is_said_again_with_i(actor, quote, mine):
    assert say_instead("passive", actor, quote) == (
        f"If it was you: “{mine}” Then add how you did it. If not, name who did."
    )


@pytest.mark.parametrize(
    ("actor", "quote"),
    [
        ("we", "First we had a meeting"),
        ("we", "we had several long calls with the vendor"),
        ("passive", "A workshop was held in May"),
    ],
)
def test_nobody_is_told_to_say_that_they_had_a_meeting_alone(actor, quote):
    assert say_instead("we_language", actor, quote) == (
        "Say who called it, what you said there, and what you did with what came of it."
    )
