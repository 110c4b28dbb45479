import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.printable import printable

any_text = st.text(st.characters(codec=None) | st.sampled_from("\x1b\x9b\u202e\u2066\u2028\ud800"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with a tab\t and a line\n", "plain, with a tab\t and a line\n"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\x9b31m", "\ufffd31m"),
        ("over\rwritten\x08\x7f", "over\ufffdwritten\ufffd\ufffd"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("\u2066a\u2069\u2028b", "\ufffda\ufffd\ufffdb"),
        ("a byte that is no text: \udcff", "a byte that is no text: \ufffd"),
        ("שלום мир 👩‍👧 naïve", "שלום мир 👩‍👧 naïve"),
    ],
)
def test_what_steers_a_terminal_is_shown_and_not_obeyed(text, shown):
    assert printable(text) == shown


@given(any_text)
def test_nothing_is_left_that_steers(text):
    kinds = {unicodedata.category(char) for char in printable(text) if char not in "\t\n"}

    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}


@given(any_text)
def test_offsets_still_hold(text):
    assert len(printable(text)) == len(text)


@given(any_text)
def test_what_is_shown_can_be_written_anywhere(text):
    assert printable(text).encode().decode() == printable(text)


@given(any_text)
def test_what_was_made_printable_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)
