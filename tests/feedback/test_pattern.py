import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.numbers import is_number
from rehearse.feedback.pattern import compile_groups, compile_pattern
from rehearse.feedback.sentences import split

GROUPS = compile_groups(
    {
        "superior": ["boss", "manager"],
        "past": ["*ed", "went", "-need"],
        "asked": ["(told|asked) me", "{superior} insisted"],
    }
)


def matches(pattern: str, text: str) -> list[str]:
    """The stretches of the first sentence that the pattern takes up."""
    (sentence, *_) = split(text)
    compiled = compile_pattern(pattern, GROUPS)
    found = []
    for place in range(len(sentence.words)):
        end = compiled.end_of_match(sentence, place)
        if end is not None:
            found.append(" ".join(sentence.words[place:end]))
    return found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("my {superior}", "my boss and my manager", ["my boss", "my manager"]),
        ("i {past}", "i need, i walked, i went", ["i walked", "i went"]),
        ("{asked}", "she told me that the boss insisted", ["told me", "boss insisted"]),
        ("took ~2 time", "it took a long time and took time", ["took a long time", "took time"]),
        ("a (few|lot of) boxes?", "a few boxes, a lot of boxes", ["a few boxes", "a lot of boxes"]),
        ("saved #", "it saved $8,000 or saved twelve", ["saved $8,000", "saved twelve"]),
        ("kind !of", "kind of a kind word", ["kind"]),
        ("^ so", "so it was so", ["so"]),
        ("well $", "well it went well", ["well"]),
        (", like ,", "it was, like, done; i like it", ["like"]),
        (
            "very* good",
            "very very very good",
            ["very very very good", "very very good", "very good", "good"],
        ),
        ("^ very+ good", "very very very very very good", ["very very very very very good"]),
        ("so+ good", "good, so so good", ["so so good", "so good"]),
        ("i've", "I’ve seen it", ["i 've"]),
        ("i've", "ive seen it", ["i 've"]),
        ("didn't", "it didnt stop", ["didn't"]),
    ],
)
def test_a_pattern_takes_up_the_words_it_describes(
    pattern: str, text: str, found: list[str]
) -> None:
    assert matches(pattern, text) == found


@pytest.mark.parametrize("word", ["0.3%", "$8,000", "$8k", "12", "twelve", "half", "9:30", "4.5x"])
def test_numbers_in_digits_and_words_count(word: str) -> None:
    assert is_number(word)


@pytest.mark.parametrize("word", ["one", "second", "1st", "3rd", "dozens", "a", "$"])
def test_order_and_pronouns_are_no_numbers(word: str) -> None:
    assert not is_number(word)


@given(st.text(max_size=300))
def test_every_word_lies_where_its_sentence_says(text: str) -> None:
    for sentence in split(text):
        places = list(zip(sentence.starts_char, sentence.ends_char, strict=True))
        assert places == sorted(places)
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert sentence.clause_starts[0] == 0


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I met Dr. Silva at 9. It rained.", ["i met dr silva at 9", "it rained"]),
        ("We waited... then it came.", ["we waited then it came"]),
        ("It cost $8.50. Fine!", ["it cost $8.50", "fine"]),
        (
            "i called the depot in the morning and then i went to the yard to see it for myself "
            "and the driver was already there so we loaded the pallets by hand",
            [
                "i called the depot in the morning",
                "and then i went to the yard to see it for myself",
                "and the driver was already there",
                "so we loaded the pallets by hand",
            ],
        ),
    ],
)
def test_text_is_split_with_and_without_full_stops(text: str, sentences: list[str]) -> None:
    assert [" ".join(sentence.words) for sentence in split(text)] == sentences
