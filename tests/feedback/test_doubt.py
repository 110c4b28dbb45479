"""Findings of doubtful rules that stand alone among things one could check are kept back."""

import pytest

from rehearse.feedback.doubt import Surroundings
from rehearse.feedback.phrases import find_weak_phrases, load_rules
from rehearse.feedback.sentences import split
from rehearse.transcript import Transcript

SOLID = "I measured all nine roofs. I drew the shade on paper."
MORE = "I cut four boards. I sealed the edge."
VIEWS = (
    "The quarry lies east of town and its gate is green",
    "Past it the road climbs to a chapel with a leaning bell",
    "Herons stand in the harbour while the ferry sleeps",
    "Beyond the orchard there is a barn without any door",
    "Its owner is an old sailor whose dog barks at trains",
    "The lighthouse is white and the sand below it is grey",
)
WEAK = "Several panels were dark."


def found(text, section="action"):
    findings = find_weak_phrases(Transcript.from_text(text), section, load_rules())
    return [(finding.rule, finding.quote) for finding in findings]


def test_a_lone_doubtful_finding_is_kept_back_where_own_acts_and_figures_stand_around_it():
    assert found(WEAK) == [("vague_quantity.amount", "Several")]
    assert found(f"{SOLID} {WEAK}") == []


def test_a_rule_that_hardly_errs_speaks_all_the_same():
    assert found(f"{SOLID} I kind of moved the tank.") == [("hedge.kind-of", "kind of")]


def test_the_more_is_weak_the_more_it_takes_to_outweigh_it():
    weak = "The plumber was told. Several panels were dark. It kind of worked."
    assert [rule for rule, _ in found(f"{SOLID} {weak}")] == [
        "passive.done",
        "vague_quantity.amount",
        "hedge.kind-of",
    ]


def test_what_was_said_long_before_does_not_count():
    rest = " ".join(f"{view}." for view in VIEWS)
    weak = f"The plumber was told. {WEAK}"
    assert found(f"{SOLID} {MORE} {weak}") == []
    assert [rule for rule, _ in found(f"{SOLID} {MORE} {rest} {weak}")] == [
        "passive.done",
        "vague_quantity.amount",
    ]


def test_in_an_answer_of_some_length_a_lone_doubtful_finding_is_kept_back_too():
    rest = " ".join(f"{view}." for view in VIEWS)
    assert found(f"{rest} {WEAK}") == []


def test_fillers_are_no_company():
    assert found(f"{SOLID} Um, uh, you know, several panels were dark.") == [
        ("filler.sound", "Um"),
        ("filler.sound", "uh"),
        ("filler.you-know", "you know"),
    ]


@pytest.mark.parametrize(
    ("text", "found_in", "expected"),
    [
        ("I cut nine boards.", [0], True),
        ("I cut nine boards.", [0, 0], False),
        ("I cut the boards.", [0], False),
        ("We cut nine boards.", [0], False),
        ("It is late. I cut nine boards.", [0], True),
    ],
)
def test_each_finding_takes_two_acts_or_figures_to_outweigh_it(text, found_in, expected):
    assert Surroundings(split(text)).outweigh(0, found_in) is expected


@pytest.mark.parametrize(
    ("text", "found_in", "expected"),
    [
        ("It is late.", [0, 0, 0, 0], True),
        ("It is late.", [0, 0, 0], False),
        ("I cut nine boards. I sanded the edge.", [0, 0, 0, 0], True),
        ("I cut nine boards. I sanded ten edges.", [0, 0, 0, 0], False),
    ],
)
def test_what_stands_around_is_weak_from_four_findings_on(text, found_in, expected):
    assert Surroundings(split(text)).are_weak(0, found_in) is expected


def test_a_suspicion_is_borne_out_by_company_and_never_heard_alone():
    suspicion = "The scanner was super slow."
    company = "It took a while. A lot of orders were late. Several guests left."
    assert found(suspicion) == []
    assert [rule for rule, _ in found(f"{company} {suspicion}")] == [
        "vague_quantity.some",
        "vague_quantity.amount",
        "vague_quantity.amount",
        "vague_quantity.in-company",
    ]
    assert "vague_quantity.in-company" not in [
        rule for rule, _ in found(f"{SOLID} {MORE} {company} {suspicion}")
    ]
