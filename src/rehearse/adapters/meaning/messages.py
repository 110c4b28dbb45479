"""What is said to the language model's process, and what it replies: a line of JSON each."""

import msgspec


class Says(msgspec.Struct, frozen=True, tag=True):
    """For each pair the log odds that whoever says the first text has said the second."""

    pairs: tuple[tuple[str, str], ...]


class Nearest(msgspec.Struct, frozen=True, tag=True):
    """For each phrase the indexes of at most so many sentences, nearest first."""

    phrases: tuple[str, ...]
    sentences: tuple[str, ...]
    at_most: int


Request = Says | Nearest
Odds = tuple[float, ...]
Indexes = tuple[tuple[int, ...], ...]
