from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.feedback.matching import Match, PhraseIndex, find_phrases
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.ruleset import Rule
from rehearse.feedback.sentences import Sentence, split

SCENARIO = Path(__file__).parent.parent.parent / "scenarios" / "webhook-drop.yaml"
RULES = load_rules().rules
INDEX = PhraseIndex(RULES)
WORDS = sorted(set(SCENARIO.read_text(encoding="utf-8").split()))


def tried_everywhere(sentences: tuple[Sentence, ...], rules: tuple[Rule, ...]) -> list[Match]:
    """What a search finds that leaves out no pattern and no place."""
    everything = PhraseIndex(rules)
    everything.possible_in = lambda _words: range(100_000)  # type: ignore[method-assign]
    return list(find_phrases(sentences, everything))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40).map(" ".join))
def test_looking_only_for_what_the_words_allow_finds_all_the_same(text: str) -> None:
    sentences = split(text)

    assert list(find_phrases(sentences, INDEX)) == tried_everywhere(sentences, RULES)


def test_in_a_real_text_as_well() -> None:
    sentences = split(SCENARIO.read_text(encoding="utf-8"))
    found = list(find_phrases(sentences, INDEX))

    assert found == tried_everywhere(sentences, RULES)
    assert len(found) > 20
