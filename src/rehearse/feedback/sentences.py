"""Text → sentences of bare words, each with its place in the text. Knows no rules and no times.

Speech arrives with full stops or without. A long stretch without any is broken where a new subject
begins, so that "the same sentence" means something in an unpunctuated transcript too.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import NamedTuple

import msgspec


def word_set(text: str) -> frozenset[str]:
    """The words of a text without punctuation, for lists that read best as running text."""
    return frozenset(text.split())


_WORD = re.compile(
    r"""
    [$£€]?\d+(?:[.,:]\d+)*(?:%|[^\W\d_]{1,2}\b)?   # $8,000  0.3%  9:30  8k  3rd
    | (?:[^\W\d_]\.){2,}                           # p.m.  e.g.
    | '(?:s|d|m|ve|ll|re)\b                         # it|'s  we|'d
    | [^\W_]+?(?='(?:s|d|m|ve|ll|re)\b)
    | [^\W_]+(?:'[^\W_]+)*                         # didn't
    """,
    re.VERBOSE,
)
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
# Written without apostrophes where no other word is written so ("were" and "its" stay as they are).
_CONTRACTIONS = {
    subject + clitic: (subject, f"'{clitic}")
    for subject, clitics in {
        "i": ("m", "ve"),
        "we": ("ve",),
        "you": ("re", "ve", "d"),
        "they": ("re", "ve", "d", "ll"),
        "he": ("s",),
        "she": ("s",),
        "that": ("s", "d"),
        "there": ("s", "d"),
        "what": ("s",),
    }.items()
    for clitic in clitics
}
_NEGATIONS = {
    verb + "nt": verb + "n't"
    for verb in word_set(
        "do does did was were is are has have had could would should might must need"
    )
} | {"wont": "won't", "cant": "can't"}
_ABBREVIATIONS = word_set("dr mr mrs ms st vs approx inc ltd jr sr dept prof")
_CLOSING = frozenset(".!?。！？")
_BREAKING = ("...", "…", "—", "–", " - ", "--")

_RUN_ON_WORDS = 24
_SHORTEST_PIECE = 4
_LINKS = frozenset({"and", "so", "but", "then", "because"})
_PRONOUNS = word_set("i we they he she")
_SUBJECTS = _PRONOUNS | word_set(
    """
    it the then my our there this that their his her everyone everybody nobody
    people in at after when if because since
    """
)
_GLUE = word_set(
    """
    and so but then because that what which who whom whose where when why how if whether while
    until till before after once since as than also though although or think thinks thought
    guess believe know knew said say says told mean felt feel hope hoped wish like time thing
    things way all everything anything something nothing whatever whenever did do does was were
    is are am could would should can will had have has must might may to of in on at for with
    by from about let made make every each day week moment reason suppose realised realized
    noticed found saw maybe probably you the a my our into 'd 've 'll
    """
)
_ARTICLES = word_set("the a an my our")
_CLAUSE_LINKS = word_set(
    """
    and but so because which although though while whereas until unless since who where when if
    after before then or
    """
)

_AFTER_THAT = {("after", "that"), ("after", "this")}


class Sentence(msgspec.Struct, frozen=True, dict=True):
    """Bare lower-case words in order, contractions taken apart ("it", "'s").

    `marks` holds what follows each word: "", ",", "-" (broken off) or ".".
    """

    words: tuple[str, ...]
    starts_char: tuple[int, ...]
    ends_char: tuple[int, ...]
    marks: tuple[str, ...]

    def without(self, places: AbstractSet[int], *, pauses_stay: bool = False) -> "Sentence":
        """The sentence with the words at these places left out, as if they had not been said, or
        as if there had been silence in their place.
        """
        kept: list[int] = []
        marks = list(self.marks)
        for place in range(len(self.words)):
            if place not in places:
                kept.append(place)
            elif kept and marks[kept[-1]] and marks[place] != "." and not pauses_stay:
                marks[kept[-1]] = ""
        return Sentence(
            tuple(self.words[place] for place in kept),
            tuple(self.starts_char[place] for place in kept),
            tuple(self.ends_char[place] for place in kept),
            tuple(marks[place] for place in kept),
        )

    @cached_property
    def ends_known(self) -> dict[tuple[Hashable, int], Collection[int]]:
        """Where groups of words that begin at a place may end, as far as patterns have asked."""
        return {}

    @cached_property
    def clause_starts(self) -> tuple[int, ...]:
        """Where each clause begins, as places of words."""
        later = range(1, len(self.words))
        return 0, *(place for place in later if self._begins_a_clause(place))

    def _begins_a_clause(self, place: int) -> bool:
        if self.marks[place - 1]:
            return True
        following = self.words[place + 1 : place + 2]
        return self.words[place] in _CLAUSE_LINKS and bool(following) and following[0] in _SUBJECTS

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """The places (from, up to) of the clauses that hold the words from `first` to `last`."""
        starts = self.clause_starts
        after = bisect_right(starts, last)
        end = starts[after] if after < len(starts) else len(self.words)
        return starts[bisect_right(starts, first) - 1], end

    def underlined(self, first: int, last: int) -> tuple[int, int]:
        """The same places without the words that only link the clause to the one before."""
        begin, end = self.clause(first, last)
        while begin < first and self._only_links(begin):
            begin += 1
        # "After that, we": what happened before is told in the sentence before.
        if self.words[begin : begin + 2] in _AFTER_THAT and begin + 2 <= last:
            begin += 2
        return begin, end

    def _only_links(self, place: int) -> bool:
        word, *following = self.words[place : place + 3]
        if word == "that":
            return bool(following) and following[0] in _SUBJECTS
        if word not in _CLAUSE_LINKS:
            return False
        # "Since that day I", but "since that we".
        return following[:1] != ["that"] or following[1:] == [] or following[1] in _SUBJECTS


@lru_cache(maxsize=32)
def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order; every word of it is in exactly one. Kept for a while: all
    who judge an answer ask for the same ones, and share what they find out about them.
    """
    return tuple(piece for whole in _closed(text) for piece in _broken_up(whole))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase, taken apart in the same way as those of a sentence."""
    return tuple(word.text for word in _spoken(bare(text)))


def bare(text: str) -> str:
    """Lower case and straight apostrophes, character for character, so that offsets stay true."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_STRAIGHT)


class _Word(NamedTuple):
    text: str
    start_char: int
    end_char: int


def _spoken(plain: str) -> Iterator[_Word]:
    """The words of bare text, with the apostrophes that a recogniser may have left out."""
    for match in _WORD.finditer(plain):
        text, start, end = match[0], match.start(), match.end()
        if text in _CONTRACTIONS:
            subject, rest = _CONTRACTIONS[text]
            middle = start + len(subject)
            yield _Word(subject, start, middle)
            yield _Word(rest, middle, end)
        else:
            yield _Word(_NEGATIONS.get(text, text), start, end)


def _closed(text: str) -> Iterator[Sentence]:
    """Sentences as their punctuation closes them."""
    plain = bare(text)
    open_words: list[_Word] = []
    marks: list[str] = []
    found = list(_spoken(plain))
    for word, following in zip_longest(found, found[1:]):
        open_words.append(word)
        gap_end = following.start_char if following else len(plain)
        marks.append(_mark(word.text, plain[word.end_char : gap_end]))
        if marks[-1] == "." or following is None:
            yield _sentence(open_words, marks)
            open_words, marks = [], []


def _mark(word: str, gap: str) -> str:
    if any(sign in gap for sign in _BREAKING):
        return "-"
    if not _CLOSING.isdisjoint(gap) and word not in _ABBREVIATIONS:
        return "."
    return "," if gap.strip(" -'\"") else ""


def _sentence(words: list[_Word], marks: list[str]) -> Sentence:
    return Sentence(
        tuple(word.text for word in words),
        tuple(word.start_char for word in words),
        tuple(word.end_char for word in words),
        tuple(marks),
    )


def _broken_up(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence itself, or its pieces where it runs on with hardly a mark."""
    count = len(sentence.words)
    if count <= _RUN_ON_WORDS * (1 + sum(map(bool, sentence.marks[:-1]))):
        yield sentence
        return
    begin = 0
    for place in range(1, count):
        if place - begin >= _SHORTEST_PIECE and _begins_anew(sentence.words, place):
            yield _piece(sentence, begin, place)
            begin = place
    yield _piece(sentence, begin, count)


def _begins_anew(words: tuple[str, ...], place: int) -> bool:
    word, before = words[place], words[place - 1]
    if word in _LINKS:
        if before in _ARTICLES:  # "we had the then it was": broken off, and all one piece
            return False
        return words[place + 1 : place + 2] != () and words[place + 1] in _SUBJECTS
    return word in _PRONOUNS and before not in _GLUE


def _piece(sentence: Sentence, begin: int, end: int) -> Sentence:
    return Sentence(
        sentence.words[begin:end],
        sentence.starts_char[begin:end],
        sentence.ends_char[begin:end],
        sentence.marks[begin:end],
    )
