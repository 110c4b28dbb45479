"""Text from outside, made safe to show on a terminal."""

import re

_STEERS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters
    r"\u2028-\u202e\u2066-\u2069"  # other line ends; what turns the direction of text
    r"\ud800-\udfff]"  # halves of characters, such as stand for bytes that are no text
)


def printable(text: str) -> str:
    """The text with each character that could steer the terminal replaced by U+FFFD, one for one,
    so that offsets into it still hold. Tab and line feed stay.
    """
    return _STEERS.sub("\ufffd", text)
