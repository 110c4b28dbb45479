"""Transcripts that exist as text: .txt files."""

import re
from pathlib import Path

from rehearse.errors import BadInputError
from rehearse.transcript import Transcript

_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def is_transcript(file: Path) -> bool:
    return file.suffix.lower() == ".txt"


def read_transcript(file: Path) -> Transcript:
    """The words of a text file; control characters count as white space.

    Raises BadInputError where the file is missing, empty, or no text.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise BadInputError(f"{file}: there is no such file.") from None
    except IsADirectoryError:
        raise BadInputError(f"{file}: this is a folder. Name the transcript inside it.") from None
    except OSError as error:
        raise BadInputError(f"{file}: cannot be read: {error.strerror}.") from None
    if b"\0" in data:
        raise BadInputError(
            f"{file}: this is not a text file. Name a recording as it is, not .txt."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(f"{file}: this is not UTF-8 text. Save the file as UTF-8.") from None
    transcript = Transcript.from_text(_CONTROL_CHARACTER.sub(" ", text))
    if not transcript.words:
        raise BadInputError(f"{file}: this file is empty. Write the answer into it.")
    return transcript
