"""Terms that the user taught the recogniser, as a text file that may be edited."""

import pytest

from rehearse.adapters.own_vocabulary import OwnVocabulary
from rehearse.errors import DiskError


@pytest.fixture
def own(tmp_path):
    return OwnVocabulary(tmp_path / "vocabulary")


def test_what_was_taught_is_known_once(own):
    assert own.add("lost-parcels", ["retry", "ledger"]) == ["retry", "ledger"]
    assert own.add("lost-parcels", ["ledger", "shard", "shard"]) == ["shard"]

    assert own.terms("lost-parcels") == ("retry", "ledger", "shard")
    assert own.file("lost-parcels").read_text() == "retry\nledger\nshard\n"
    assert own.terms("another-story") == ()


def test_the_file_may_be_edited(own):
    own.add("lost-parcels", ["retry"])
    own.file("lost-parcels").write_text("# mine\n\n  dead letter queue \nretry\nretry")

    assert own.terms("lost-parcels") == ("dead letter queue", "retry")
    own.add("lost-parcels", ["shard"])
    assert own.file("lost-parcels").read_text() == (
        "# mine\n\n  dead letter queue \nretry\nretry\nshard\n"
    )


def test_a_file_that_cannot_be_read_teaches_nothing(own):
    own.add("lost-parcels", ["retry"])
    own.file("lost-parcels").write_bytes(b"\xff\xfe\x00")

    assert own.terms("lost-parcels") == ()


def test_the_latest_count_where_there_are_too_many(own):
    own.add("lost-parcels", [f"term {number}" for number in range(60)])

    assert own.terms("lost-parcels") == tuple(f"term {number}" for number in range(10, 60))


def test_a_folder_that_cannot_be_made_is_named(own, tmp_path):
    (tmp_path / "vocabulary").write_text("a file")

    with pytest.raises(DiskError) as caught:
        own.add("lost-parcels", ["retry"])

    assert str(caught.value) == (
        f"{own.file('lost-parcels')}: writing failed: File exists. Free some space; the "
        "corrections themselves are kept."
    )
