"""Phrases as rule authors write them → something that finds them in a sentence.

    word          that word
    *ed           any word with that ending
    @fix          any form of that verb: fix, fixes, fixed, fixing
    #             a number, in digits or spoken
    €             a sum with its currency sign, whichever that is
    _             any word
    ~3            up to three words, whatever they are
    {superior}    a named group, from words.toml
    (a|b c)       one of these
    ,  ^  $       a pause, the first word, the end of the sentence (none of them takes up a word)
    x?  x*  x+    x or nothing;  x none to three times;  x once or more
    !x            what follows is not x (takes up no word)

A pattern is followed step by step as a set of places, so no text can make it slow.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache

import msgspec

from rehearse.feedback.inflection import forms_of
from rehearse.feedback.numbers import is_money, is_number
from rehearse.feedback.sentences import Sentence, word_set, words_of

Ends = Collection[int]
Step = Callable[[Sentence, int], Ends]
"""From a place in a sentence to the places where the step may leave off."""

_PIECE = re.compile(
    r"\([a-z0-9' |]+\)|[(|)^$,_#€]|[?*+](?=[\s)|]|$)|~\d+|\{[a-z_]+\}|!|\*?[^\s(|)?*+{}!,]+"
)
_MOST_REPEATS = 3
_REMEMBERED_WORDS = 2_000
_NOWHERE: tuple[int, ...] = ()


class PatternError(ValueError):
    """A pattern that cannot be read."""


class WordSet(msgspec.Struct, frozen=True):
    """Words, and endings that stand for all words with them, save those left out."""

    words: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()

    def __contains__(self, word: object) -> bool:
        if word in self.words:
            return True
        if not self.endings or not isinstance(word, str) or word in self.left_out:
            return False
        return word.endswith(self.endings)


class Node(msgspec.Struct, frozen=True):
    """A step, the words that it can begin with (None: any), and whether it may take up none."""

    step: Step
    begins: WordSet | None
    may_be_empty: bool = False
    words: WordSet | None = None
    """The one word that it takes up, where it is as simple as that."""
    needs: WordSet | None = None
    """Words of which a match holds at least one; None: it may hold any."""


Groups = Mapping[str, Node]


class Pattern(msgspec.Struct, frozen=True, eq=False):
    """One compiled phrase; compared by identity, so that results can be kept for each."""

    source: str
    node: Node

    @property
    def begins(self) -> WordSet | None:
        return self.node.begins

    @property
    def needs(self) -> WordSet | None:
        return self.node.needs

    def end_of_match(self, sentence: Sentence, place: int) -> int | None:
        """The place after the longest match that begins at `place`; None where there is none."""
        ends = self.node.step(sentence, place)
        return max(ends) if ends else None

    def is_in(self, sentence: Sentence, first: int = 0, end: int | None = None) -> bool:
        """Whether a match begins at one of the places from `first` up to `end`."""
        return next(self.matches_in(sentence, first, end), None) is not None

    def matches_in(
        self, sentence: Sentence, first: int = 0, end: int | None = None
    ) -> Iterator[int]:
        """The places from `first` up to `end` at which a match begins."""
        for place in range(first, len(sentence.words) if end is None else end):
            may_begin = self.begins is None or sentence.words[place] in self.begins
            if may_begin and self.node.step(sentence, place):
                yield place

    def ends_at(self, sentence: Sentence, place: int) -> bool:
        """Whether a match ends just before the word at `place`."""
        nearest = max(0, place - _LONGEST_LOOK_BACK)
        return any(place in self.node.step(sentence, start) for start in range(nearest, place + 1))


_LONGEST_LOOK_BACK = 8


def compile_pattern(source: str, groups: Groups) -> Pattern:
    """Raises PatternError, with what is wrong, where the source is not a pattern."""
    return Pattern(source, _Reader(source, groups).read())


def compile_groups(sources: Mapping[str, Iterable[str]]) -> dict[str, Node]:
    """Named groups, in order; each may name those before it. `-word` and `-{group}` leave out."""
    groups: dict[str, Node] = {}
    for name, entries in sources.items():
        signs = [(entry[0] == "-", entry.removeprefix("-")) for entry in entries]
        nodes = [_Reader(entry, groups).read() for is_left_out, entry in signs if not is_left_out]
        left_out = [_Reader(entry, groups).read() for is_left_out, entry in signs if is_left_out]
        groups[name] = _group(name, nodes, left_out)
    return groups


def _group(name: str, nodes: list[Node], left_out: list[Node]) -> Node:
    if not left_out:
        return _remembered(_choice(nodes))
    words = [node.words for node in nodes if node.words is not None]
    without = [node.words for node in left_out if node.words is not None]
    if len(words) < len(nodes) or len(without) < len(left_out):
        raise PatternError(f"{{{name}}} leaves words out, so it may name single words only")
    return _one_word(_union(words, _union(without).words))


def _union(sets: Iterable[WordSet], without: frozenset[str] = frozenset()) -> WordSet:
    sets = tuple(sets)
    words = frozenset().union(*(one.words for one in sets)) - without
    endings = tuple(dict.fromkeys(ending for one in sets for ending in one.endings))
    return WordSet(words, endings, without.union(*(one.left_out for one in sets)) - words)


# --- the steps ------------------------------------------------------------------------------------


def _one_word(words: WordSet) -> Node:
    plain = words.words
    if not words.endings:

        def step(sentence: Sentence, place: int) -> Ends:
            if place < len(sentence.words) and sentence.words[place] in plain:
                return (place + 1,)
            return _NOWHERE
    else:
        is_meant = lru_cache(_REMEMBERED_WORDS)(words.__contains__)

        def step(sentence: Sentence, place: int) -> Ends:
            if place < len(sentence.words) and is_meant(sentence.words[place]):
                return (place + 1,)
            return _NOWHERE

    return Node(step, words, words=words, needs=words)


def _phrases(phrases: Iterable[tuple[str, ...]]) -> Node:
    """Any of these runs of words: what most brackets hold, so it has a short cut of its own."""
    rests: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for first, *rest in phrases:
        rests[first].append(tuple(rest))
    firsts = WordSet(frozenset(rests))
    if all(way == [()] for way in rests.values()):
        return _one_word(firsts)

    def step(sentence: Sentence, place: int) -> Ends:
        words = sentence.words
        if place >= len(words) or words[place] not in rests:
            return _NOWHERE
        begin = place + 1
        ways = rests[words[place]]
        return [begin + len(way) for way in ways if words[begin : begin + len(way)] == way]

    return Node(step, firsts, needs=firsts)


@cache
def _literal(piece: str) -> Node:
    return _phrases([words_of(piece) or (piece,)])


def _word_that(is_meant: Callable[[str], bool]) -> Node:
    def step(sentence: Sentence, place: int) -> Ends:
        if place < len(sentence.words) and is_meant(sentence.words[place]):
            return (place + 1,)
        return _NOWHERE

    return Node(step, None)


def _gap(most: int, least: int = 0) -> Node:
    def step(sentence: Sentence, place: int) -> Ends:
        return range(place + least, min(place + most, len(sentence.words)) + 1)

    return Node(step, None, may_be_empty=least == 0)


def _pause(sentence: Sentence, place: int) -> Ends:
    at_edge = place in (0, len(sentence.words))
    return (place,) if at_edge or sentence.marks[place - 1] else _NOWHERE


def _first(_sentence: Sentence, place: int) -> Ends:
    return (place,) if place == 0 else _NOWHERE


def _last(sentence: Sentence, place: int) -> Ends:
    return (place,) if place == len(sentence.words) else _NOWHERE


_EDGES: dict[str, Step] = {",": _pause, "^": _first, "$": _last}


def _sequence(nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    steps = tuple(node.step for node in nodes)

    def step(sentence: Sentence, place: int) -> Ends:
        places: Ends = (place,)
        for one in steps:
            if len(places) == 1:  # nearly always; a set would cost more than the step itself
                (begin,) = places
                places = one(sentence, begin)
            else:
                places = {end for begin in places for end in one(sentence, begin)}
            if not places:
                return _NOWHERE
        return places

    rarest = min((node.needs for node in nodes if node.needs), key=_frequency, default=None)
    return Node(step, _begins(nodes), all(node.may_be_empty for node in nodes), needs=rarest)


def _frequency(words: WordSet) -> float:
    """How common these words are together, roughly: which of several is the best to look for."""
    endings = _COMMON_WORD * len(words.endings)
    return endings + len(words.words) + _COMMON_WORD * len(words.words & _COMMON)


_COMMON_WORD = 1_000
_COMMON = word_set(
    """
    i the a to and it was that of in we they my so for had on is he she but this at with me be were
    not have got as them all their our 's just then did do out up about there what when
    """
)


def _begins(nodes: list[Node]) -> WordSet | None:
    sets = []
    for node in nodes:
        if node.begins is None:
            return None
        sets.append(node.begins)
        if not node.may_be_empty:
            return _union(sets)
    return None


def _choice(nodes: list[Node]) -> Node:
    simple = [node.words for node in nodes if node.words is not None]
    if len(simple) == len(nodes):
        return _one_word(_union(simple))
    sets = [node.begins for node in nodes if node.begins is not None]
    # Asking for the first word spares most ways of a long choice from being tried.
    certain = [(node.begins, node.step) for node in nodes if not _may_begin_anywhere(node)]
    others = tuple(node.step for node in nodes if _may_begin_anywhere(node))

    @lru_cache(_REMEMBERED_WORDS)
    def ways(word: str) -> tuple[Step, ...]:
        return (
            *others,
            *(one for begins, one in certain if begins is not None and word in begins),
        )

    def step(sentence: Sentence, place: int) -> Ends:
        steps = ways(sentence.words[place]) if place < len(sentence.words) else others
        if not steps:
            return _NOWHERE
        if len(steps) == 1:
            return steps[0](sentence, place)
        return {end for one in steps for end in one(sentence, place)}

    return Node(
        step,
        _union(sets) if len(sets) == len(nodes) else None,
        any(node.may_be_empty for node in nodes),
        needs=_needs_of_one(nodes),
    )


def _needs_of_one(nodes: list[Node]) -> WordSet | None:
    needs = [node.needs for node in nodes if node.needs is not None]
    return _union(needs) if len(needs) == len(nodes) else None


def _remembered(node: Node) -> Node:
    """The same node; what it finds is kept with the sentence, for many patterns share a group."""
    if node.words is not None:
        return node
    step = node.step

    def recall(sentence: Sentence, place: int) -> Ends:
        key = (step, place)
        ends = sentence.ends_known.get(key)
        if ends is None:
            ends = sentence.ends_known[key] = step(sentence, place)
        return ends

    return msgspec.structs.replace(node, step=recall)


def _may_begin_anywhere(node: Node) -> bool:
    return node.begins is None or node.may_be_empty


def _repeated(node: Node, most: int | None = None, least: int = 0) -> Node:
    def step(sentence: Sentence, place: int) -> Ends:
        reached = {place} if least == 0 else set()
        newest: Ends = (place,)
        times = 0
        while newest and (most is None or times < most):
            found = {end for begin in newest for end in node.step(sentence, begin)}
            newest = found - reached
            reached |= found
            times += 1
        return reached

    needs = node.needs if least else None
    return Node(step, node.begins, may_be_empty=least == 0, needs=needs)


def _refused(node: Node) -> Node:
    def step(sentence: Sentence, place: int) -> Ends:
        return _NOWHERE if bool(node.step(sentence, place)) else (place,)

    return Node(step, WordSet(), may_be_empty=True)


# --- reading --------------------------------------------------------------------------------------


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, source: str, groups: Groups) -> None:
        self._source = source
        self._groups = groups
        self._pieces = _PIECE.findall(source)
        self._at = 0
        if "".join(self._pieces).replace(" ", "") != "".join(source.split()):
            raise PatternError(f'"{source}" holds a sign that patterns do not know')

    def read(self) -> Node:
        node = self._choice()
        if self._at < len(self._pieces):
            raise PatternError(f'"{self._source}" closes a bracket that was not opened')
        return node

    def _choice(self) -> Node:
        ways = [self._sequence()]
        while self._take("|"):
            ways.append(self._sequence())
        return ways[0] if len(ways) == 1 else _choice(ways)

    def _sequence(self) -> Node:
        nodes: list[Node] = []
        while self._at < len(self._pieces) and self._pieces[self._at] not in ("|", ")"):
            nodes.append(self._item())
        if not nodes:
            raise PatternError(f'"{self._source}" holds an empty phrase')
        return _sequence(nodes)

    def _item(self) -> Node:
        if self._take("!"):
            return _refused(self._atom())
        node = self._atom()
        if self._take("?"):
            return _repeated(node, 1)
        if self._take("*"):
            return _repeated(node, _MOST_REPEATS)
        if self._take("+"):
            return _repeated(node, least=1)
        return node

    def _atom(self) -> Node:
        piece = self._pieces[self._at] if self._at < len(self._pieces) else ""
        self._at += 1
        if piece == "(":
            node = self._choice()
            if not self._take(")"):
                raise PatternError(f'"{self._source}" opens a bracket and does not close it')
            return node
        if piece in _EDGES:
            # The first word of the pattern lies behind the edge, so the edge begins with none.
            return Node(_EDGES[piece], WordSet(), may_be_empty=True)
        if piece[:1] == "(":
            return _phrases(self._words(phrase) for phrase in piece[1:-1].split("|"))
        return self._word(piece)

    def _words(self, phrase: str) -> tuple[str, ...]:
        words = words_of(phrase) if "'" in phrase else tuple(phrase.split())
        if not words:
            raise PatternError(f'"{self._source}" holds an empty phrase')
        return words

    def _word(self, piece: str) -> Node:
        if piece == "#":
            return _word_that(is_number)
        if piece == "€":
            return _word_that(is_money)
        if piece == "_":
            return _gap(1, 1)
        if piece.startswith("~"):
            return _gap(int(piece[1:]))
        if piece.startswith("{"):
            if piece[1:-1] not in self._groups:
                raise PatternError(
                    f'"{self._source}" names {piece}, which words.toml does not hold'
                )
            return self._groups[piece[1:-1]]
        if piece.startswith("*") and len(piece) > 1:
            return _one_word(WordSet(endings=(piece[1:],)))
        if piece.startswith("@") and len(piece) > 1:
            return _one_word(WordSet(forms_of(piece[1:])))
        if piece in ("", "?", "*", "+", "!"):
            raise PatternError(f'"{self._source}" has a sign where a word belongs')
        return _literal(piece)

    def _take(self, piece: str) -> bool:
        if self._at < len(self._pieces) and self._pieces[self._at] == piece:
            self._at += 1
            return True
        return False
