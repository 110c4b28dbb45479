import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.coverage import KeyPoint, cover
from rehearse.transcript import Transcript

SPOKEN = Transcript.from_text(
    "I noticed that 0.3% of the webhooks were dropped. It was outside of my team's scope, and "
    "there was no alert at all."
)


@pytest.mark.parametrize(
    ("phrase", "quote"),
    [
        ("I noticed", "I noticed"),
        ("0.3% dropped", "0.3% of the webhooks were dropped."),
        ("outside my team's scope", "outside of my team's scope,"),
        ("no alert", "no alert"),
    ],
)
def test_a_key_point_is_said_where_its_content_words_stand_close_together(phrase, quote):
    assert cover((phrase,), SPOKEN) == (KeyPoint(phrase, said=True, quote=quote),)


@pytest.mark.parametrize("phrase", ["3% dropped", "noticed no alert", "no ticket", "inside scope"])
def test_a_key_point_is_missing_where_a_word_is_another_or_far_away(phrase):
    assert cover((phrase,), SPOKEN) == (KeyPoint(phrase, said=False),)


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("I noticed", "I spotted the drop on a dashboard."),
        ("outside my team", "It wasn't ours, another team looked after it."),
        ("$8,000 a week", "That brought back eight thousand dollars every week."),
        ("from 0.3% to zero", "It fell from point three percent to nothing."),
        ("no alert", "Nothing was set up to warn anybody."),
        ("dead letter queue", "It ended up in the dad letter queue."),
        ("race condition", "It was a rays condition between two workers."),
        ("idempotency key", "I put an item potency key on every call."),
        ("cannot reproduce", "They closed it because they couldn't reproduce it."),
        ("nobody owned it", "It belonged to no one."),
        ("I had lost them", "It was me who lost them."),
        ("I asked whether I could listen", "I rang her and asked whether I could listen."),
        ("from 40 to 12 minutes", "It used to take forty minutes and now it takes twelve."),
        ("from 40 to 12 minutes", "It is down to twelve minutes from forty."),
        ("nobody tested it", "It went out untested."),
        ("ninety days", "I keep every old table for 90 days."),
        ("6 months", "It took half a year."),
        ("the post-mortem", "I published the postmortem."),
        ("one in four", "About 1 in 4 of them failed."),
        ("a third of the waste", "It was thirty three percent of the waste."),
        ("I rang the bank", "I got on the phone to the bank."),
    ],
)
def test_a_paraphrase_counts(phrase, answer):
    assert cover((phrase,), Transcript.from_text(answer))[0].said


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("I noticed", "My colleague noticed it first."),
        ("outside my team", "It was inside my team's scope."),
        ("$8,000 a week", "We had eight thousand requests a week."),
        ("from 0.3% to zero", "It fell from 3% to zero."),
        ("no alert", "There was no doubt that the alert had fired."),
        ("I wrote the fix", "They wrote the fix and I only reviewed it."),
        ("I added an alert", "I should have added an alert."),
        ("I added an alert", "I almost added an alert."),
        ("I added an alert", "I thought about adding an alert."),
        ("I added an alert", "I asked them to add an alert."),
        ("I added an alert", "I had the vendor add an alert."),
        ("I added an alert", "I added a comment instead of an alert."),
        ("from 0.3% to zero", "It went from zero to 0.3% overnight."),
        ("all four depots use it", "None of the four depots use it."),
        ("no alert", "There was an alert but nobody read it."),
        ("customers trusted us again", "Customers lost trust in us again."),
        ("within a week", "It took more than a week."),
        ("under ten minutes", "It took over ten minutes."),
        ("stayed late", "We went home early."),
        ("I tested it", "I detested it."),
        ("every morning", "We met every evening."),
        ("the carrier blamed us", "We blamed the carrier."),
        ("the speaker cancelled", "We cancelled the speaker's hotel."),
        ("all the tickets were sold", "Half of the tickets were sold."),
    ],
)
def test_a_denial_the_opposite_another_actor_or_another_number_does_not_count(phrase, answer):
    assert not cover((phrase,), Transcript.from_text(answer))[0].said


def test_a_misheard_ending_is_forgiven():
    assert cover(("dead letter queue",), Transcript.from_text("a dead letters queues alert"))[
        0
    ].said


def test_nothing_is_covered_by_silence():
    assert cover(("no ticket",), Transcript()) == (KeyPoint("no ticket", said=False),)


@given(st.text(), st.text(min_size=1))
def test_any_text_and_any_phrase_can_be_compared(text, phrase):
    (point,) = cover((phrase,), Transcript.from_text(text))

    assert point.said == (point.quote is not None)
