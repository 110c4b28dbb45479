"""Text from outside, made safe to show on a terminal."""

import re

_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: str) -> str:
    """The text with each control character but tab and line feed replaced by U+FFFD, one for one,
    so that it cannot steer the terminal and offsets into it still hold.
    """
    return _CONTROL_CHARACTER.sub("\ufffd", text)
