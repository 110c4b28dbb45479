"""What to leave out: the least valuable first, until the answer is back under its target."""

from hypothesis import given
from hypothesis import strategies as st
from tests.sessions import section

LONG = (
    "Our system has four regions. It is a fairly classic setup really. I pulled two weeks of logs. "
    "You know, the logs are kept in a bucket. I traced the loss to a race between workers. "
    "I traced the loss to a race between workers. The weather was grey that week. "
    "I wrote a lock for each delivery. I watched the graphs until it ran."
)
KEY_POINTS = ("I pulled the logs", "I traced it", "I wrote a lock")


def cut(target_s, text=LONG):
    told = section("action", text, target_s=target_s, limit_s=200.0, key_points=KEY_POINTS)
    return told, [(each.quote, each.why) for each in told.cut]


def test_what_was_said_before_goes_first():
    _, cuts = cut(22.5)

    assert cuts == [("I traced the loss to a race between workers.", "It was said before.")]


def test_no_more_goes_than_is_needed_and_numbers_go_last():
    quotes = [[quote for quote, _ in cut(target_s)[1]] for target_s in (19.0, 16.0, 10.0)]

    assert quotes[0] == [
        "I traced the loss to a race between workers.",
        "You know, the logs are kept in a bucket.",
    ]
    assert quotes[1][2:] == ["It is a fairly classic setup really."]
    assert quotes[2][-1] == "Our system has four regions."


def test_what_holds_a_key_point_stays_however_long_the_answer_is():
    told, cuts = cut(1.0)
    left = told.transcript.text
    for quote, _ in cuts:
        left = left.replace(quote, "", 1)

    assert left.split() == [
        "I",
        "pulled",
        "two",
        "weeks",
        "of",
        "logs.",
        "I",
        "traced",
        "the",
        "loss",
        "to",
        "a",
        "race",
        "between",
        "workers.",
        "I",
        "wrote",
        "a",
        "lock",
        "for",
        "each",
        "delivery.",
    ]


def test_nothing_goes_where_nothing_is_over():
    assert cut(60.0)[1] == []


@given(st.floats(1, 60))
def test_the_seconds_that_go_suffice_or_nothing_else_could_go(target_s):
    told, cuts = cut(target_s)
    gone_s = sum(each.seconds for each in told.cut)

    assert gone_s >= told.overrun_s - 0.05 or len(cuts) == len(cut(1.0)[1])
