"""The same point told twice: sentences that share nearly all of their content words."""

from collections import deque
from collections.abc import Iterator, Sequence

from rehearse.feedback.sentences import Sentence

_FEWEST_WORDS = 4
_SHARED = 0.6
# How far back a listener would still notice; it also keeps long answers linear.
_LOOK_BACK = 30

_EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "so",
        "because",
        "as",
        "if",
        "then",
        "than",
        "that",
        "this",
        "these",
        "those",
        "there",
        "here",
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "me",
        "us",
        "him",
        "her",
        "them",
        "my",
        "our",
        "your",
        "his",
        "its",
        "their",
        "mine",
        "ours",
        "is",
        "am",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "do",
        "does",
        "did",
        "doing",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "might",
        "must",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "about",
        "into",
        "over",
        "under",
        "up",
        "down",
        "out",
        "off",
        "through",
        "not",
        "no",
        "just",
        "very",
        "really",
        "also",
        "too",
        "again",
        "what",
        "which",
        "who",
        "when",
        "where",
        "how",
        "why",
        "all",
        "some",
        "any",
        "each",
        "every",
        "more",
        "most",
        "such",
        "only",
        "own",
        "same",
        "i'm",
        "i've",
        "i'd",
        "it's",
        "we're",
        "we've",
        "we'd",
        "they're",
        "that's",
        "there's",
        "didn't",
        "don't",
        "wasn't",
        "one",
        "thing",
        "things",
        "got",
        "get",
        "went",
        "go",
        "said",
        "say",
        "basically",
        "like",
        "know",
        "mean",
        "think",
    ]
)
_ENDINGS = ("ments", "ment", "ings", "ing", "ers", "er", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM = 3


def repeated_sentences(sentences: Sequence[Sentence]) -> Iterator[int]:
    """The numbers of the sentences that say again what an earlier one said."""
    recent: deque[frozenset[str]] = deque(maxlen=_LOOK_BACK)
    for number, sentence in enumerate(sentences):
        content = frozenset(map(_stem, sentence.words)) - _EMPTY_WORDS
        if len(content) < _FEWEST_WORDS:
            continue
        if any(_shared(content, earlier) >= _SHARED for earlier in recent):
            yield number
        recent.append(content)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all their words that both sentences hold."""
    return len(one & other) / len(one | other)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
