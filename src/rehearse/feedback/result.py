"""The three parts of a strong result, each with the words that show it.

What counts as a changed number, as an effect on the business and as a second-order effect stands in
`rules/words.toml`, so that the rules and this test cannot disagree.
"""

from collections.abc import Iterator, Sequence

import msgspec

from rehearse.feedback.amounts import amounts
from rehearse.feedback.pattern import Pattern
from rehearse.feedback.sentences import Sentence, split
from rehearse.feedback.word_groups import phrase
from rehearse.transcript import Transcript


class Evidence(msgspec.Struct, frozen=True):
    """Whether something was said, and the clause that says it."""

    found: bool
    quote: str | None = None


class ResultTest(msgspec.Struct, frozen=True):
    metric_delta: Evidence
    """A number that changed; the size of a team or a task is none."""
    business_impact: Evidence
    """What it was worth in money, people served, hours or incidents."""
    second_order: Evidence
    """What followed from it: adopted, made the standard, prevented, rolled out elsewhere."""


def judge_result(transcript: Transcript) -> ResultTest:
    """Which of the three parts this answer holds."""
    sentences = split(transcript.text)
    return ResultTest(
        *(
            _evidence(phrase(name), sentences, transcript.text)
            for name in ResultTest.__struct_fields__
        )
    )


def _evidence(pattern: Pattern, sentences: Sequence[Sentence], text: str) -> Evidence:
    quote = next(_quotes(pattern, sentences, text), None)
    return Evidence(quote is not None, quote)


def _quotes(pattern: Pattern, sentences: Sequence[Sentence], text: str) -> Iterator[str]:
    for sentence in sentences:
        for place in range(len(sentence.words)):
            end = pattern.end_of_match(sentence, place)
            if end is not None and end > place and not _stands_still(sentence, place):
                first, after = sentence.underlined(place, end - 1)
                yield text[sentence.starts_char[first] : sentence.ends_char[after - 1]]


def _stands_still(sentence: Sentence, place: int) -> bool:
    """As "from 9 a month to 9", where "none" was heard as "nine"; not "from two days to two hours"."""
    words = sentence.words[place:]
    found = tuple(amounts(words))
    if "from" not in words or len(found) != 2 or not found[0].equals(found[1]):  # noqa: PLR2004
        return False
    after = words[found[1].end :]
    return words[found[0].end :][: len(after)] == after
