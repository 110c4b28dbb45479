"""The real language model in its process: what it hears, and what happens where it fails."""

import shutil

import pytest

from rehearse import places
from rehearse.adapters.meaning import MeaningProcess
from rehearse.adapters.scenario_library import read_scenario
from rehearse.feedback.coverage import cover
from rehearse.transcript import Transcript


@pytest.fixture(scope="module")
def meaning(language_model):
    process = MeaningProcess(language_model, pytest.fail)
    yield process
    process.close()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("My foreman wanted to carry on, and I told him no.", "I disagreed with the foreman"),
        ("Fifty percent of my pupils didn't pass the exam.", "half of the class failed the test"),
        (
            "um so mums and dads had no idea, nobody had informed them",
            "the parents had not been told",
        ),
    ],
)
def test_a_paraphrase_is_likelier_said_than_not(meaning, said, meant):
    (odds,) = meaning.says([(said, meant)])

    assert odds > 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "Half of the class passed the test without any help.",
            "half of the class failed the test",
        ),
        ("We told the parents on the very first day.", "the parents had not been told"),
        ("The weather was fine and we had lunch outside.", "half of the class failed the test"),
        ("", "half of the class failed the test"),
    ],
)
def test_the_opposite_and_anything_else_is_likelier_not_said(meaning, said, meant):
    (odds,) = meaning.says([(said, meant)])

    assert odds < 0


def test_a_pair_is_judged_alike_alone_and_among_others(meaning, language_model):
    pairs = [("I rang the vendor.", "I called the supplier"), ("It rained a lot.", "it was dry")]
    alone = MeaningProcess(language_model, pytest.fail)

    together = meaning.says(pairs)

    assert together == tuple(odds for pair in pairs for odds in alone.says([pair]))
    alone.close()


def test_the_nearest_sentences_are_those_that_speak_of_it(meaning):
    sentences = [
        "It was a Monday in March.",
        "The lorry had broken down near Leeds.",
        "I rang the vendor and asked for another truck.",
        "My sister teaches music.",
    ]

    nearest = meaning.nearest(["I called the supplier", "school"], sentences, 2)

    assert nearest[0][0] == 2
    assert nearest[1][0] == 3
    assert [len(indexes) for indexes in nearest] == [2, 2]


def test_an_answer_is_covered_by_meaning(meaning):
    transcript = Transcript.from_text(
        "The lorry stood near Leeds. So I rang the vendor. It wasn't his fault at all."
    )

    points = cover(("I called the supplier", "the supplier was not to blame"), transcript, meaning)

    assert [(point.said, point.quote) for point in points] == [
        (True, "rang the vendor."),
        (True, "It wasn't his fault at all."),
    ]


def test_a_strong_example_that_ships_says_all_its_points_to_the_model_too(meaning):
    for step in read_scenario(places.shipped_scenarios() / "webhook-drop.yaml").steps:
        points = cover(step.key_points, Transcript.from_text(step.strong), meaning)

        assert [point.phrase for point in points if not point.said] == []


def test_a_very_long_sentence_is_no_trouble(meaning):
    (odds,) = meaning.says([("and so on " * 5000, "I called the supplier")])

    assert odds < 0


def test_a_damaged_model_is_told_of_once_and_the_words_decide(language_model, tmp_path):
    damaged = tmp_path / "meaning"
    damaged.mkdir()
    shutil.copy(language_model / "spm.model", damaged)
    (damaged / "meaning.onnx").write_bytes(b"no model")
    told = []
    process = MeaningProcess(damaged, told.append)

    points = cover(("I rang her", "it rained"), Transcript.from_text("I rang her."), process)
    again = process.says([("a", "b")])

    assert [point.said for point in points] == [True, False]
    assert again is None
    assert told == [
        f"The language model in {damaged} does not work, so a key point counts as said only in words "
        "that are on a list. `rehearse models verify meaning` tells whether its files are right."
    ]
