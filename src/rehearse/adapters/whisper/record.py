"""What was said, in a stretch or a take: the words, and the ums apart from them."""

import msgspec

from rehearse.adapters.whisper.joints import joined
from rehearse.transcript import Word


class Record(msgspec.Struct, frozen=True):
    """Words and ums, each in order of time."""

    words: tuple[Word, ...] = ()
    fillers: tuple[Word, ...] = ()

    def and_then(self, following: "Record", joint_s: float | None) -> "Record":
        """Both; where they share the sound around a joint, what both have heard once."""
        if joint_s is None:
            return Record(self.words + following.words, self.fillers + following.fillers)
        return Record(
            joined(self.words, following.words, joint_s),
            tuple(filler for filler in self.fillers if (filler.start_s or 0.0) < joint_s)
            + tuple(filler for filler in following.fillers if (filler.start_s or 0.0) >= joint_s),
        )

    def later(self, by_s: float) -> "Record":
        """The same, with all times later."""
        return Record(
            tuple(_later(word, by_s) for word in self.words),
            tuple(_later(word, by_s) for word in self.fillers),
        )


def _later(word: Word, by_s: float) -> Word:
    start_s, end_s = (word.start_s or 0.0) + by_s, (word.end_s or 0.0) + by_s
    return Word(word.text, start_s, end_s, word.confidence)
