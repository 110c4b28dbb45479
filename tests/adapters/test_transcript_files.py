from pathlib import Path

import pytest

from rehearse.adapters.transcript_files import is_transcript, read_transcript
from rehearse.errors import BadInputError
from rehearse.transcript import Transcript


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("a.txt", True), ("A.TXT", True), ("a.wav", False), ("txt", False), ("a.txt.wav", False)],
)
def test_a_transcript_is_known_by_its_suffix(name, is_one):
    assert is_transcript(Path(name)) is is_one


@pytest.mark.parametrize(
    "data",
    [
        b"I fixed\n\n  it.\r\n",
        b"\xef\xbb\xbfI fixed it.",
        b"I\tfixed\x0bit.",
        b"I \x1b fixed\x07it.",
        "I\u2028fixed\u00a0it.".encode(),
    ],
    ids=["lines", "byte-order-mark", "tabs", "controls", "unicode-spaces"],
)
def test_the_words_of_a_file_are_those_between_its_white_space(tmp_path, data):
    file = tmp_path / "answer.txt"
    file.write_bytes(data)

    assert read_transcript(file) == Transcript.from_text("I fixed it.")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this file is empty. Write the answer into it."),
        (b" \n\t\n", "this file is empty. Write the answer into it."),
        (b"\x1b\x07 \x1f", "this file is empty. Write the answer into it."),
        (
            b"RIFF\x00\x00WAVE",
            "this is not a text file. Name a recording as it is, not .txt.",
        ),
        (b"caf\xe9", "this is not UTF-8 text. Save the file as UTF-8."),
    ],
)
def test_what_holds_no_words_is_refused_by_name(tmp_path, data, message):
    file = tmp_path / "answer.txt"
    file.write_bytes(data)

    with pytest.raises(BadInputError) as caught:
        read_transcript(file)

    assert str(caught.value) == f"{file}: {message}"


def test_a_missing_file_a_folder_and_an_impossible_name_are_refused_by_name(tmp_path):
    complaints = []
    for file in (tmp_path / "none.txt", tmp_path, tmp_path / f"{'x' * 300}.txt"):
        with pytest.raises(BadInputError) as caught:
            read_transcript(file)
        complaints.append(str(caught.value))

    assert complaints == [
        f"{tmp_path / 'none.txt'}: there is no such file.",
        f"{tmp_path}: this is a folder. Name the transcript inside it.",
        f"{tmp_path / ('x' * 300)}.txt: cannot be read: File name too long.",
    ]
