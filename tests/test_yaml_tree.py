import pytest

from rehearse.errors import BadInputError
from rehearse.yaml_tree import read_tree


def test_every_key_and_item_has_its_place():
    tree, marks = read_tree("a: x\nb:\n  - c: |\n      y\n  -\n", "t.yaml")

    assert tree == {"a": "x", "b": [{"c": "y\n"}, None]}
    assert marks == {
        (): (1, 1),
        ("a",): (1, 1),
        ("b",): (2, 1),
        ("b", 0): (3, 5),
        ("b", 0, "c"): (3, 5),
        ("b", 1): (5, 4),
    }


BOMB = "a: &a [x]\nb: &b [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.yaml: this file is empty. `rehearse schema` shows what a scenario holds."),
        (
            "a: !!python/object/apply:os.system [ls]",
            "t.yaml:1:4: tags (tag:yaml.org,2002:python/object/apply:os.system) are not "
            "supported. Remove the tag.",
        ),
        (BOMB, "t.yaml:1:4: anchors (&a) are not supported. Write the text out."),
        ("a: *b", "t.yaml:1:4: aliases (*name) are not supported. Write the text out."),
        (
            "a: 1\na: 2",
            't.yaml:2:1: the key "a" stands here a second time (first in line 1). '
            "Keep one of the two.",
        ),
        (
            "a: 'x",
            "t.yaml:1:6: this is not valid YAML: found unexpected end of stream. "
            "Look for a missing quote, colon or indent just above.",
        ),
        (
            'a: "\\e[31m"',
            "t.yaml:1:4: this text holds a control character (U+001B). "
            "Delete it: it could change what a terminal shows.",
        ),
        (
            "a: x\nb: \x1b[31m",
            "t.yaml:2:4: no text file should hold this character (U+001B). "
            "Delete it, and save the file as UTF-8.",
        ),
        (
            "a: 1\n---\nb: 2",
            "t.yaml:2:1: a second document begins here. Keep one scenario in a file.",
        ),
        (
            "? [a]\n: b",
            "t.yaml:1:3: a key must be plain text. See `rehearse schema` for the shape.",
        ),
        (
            "[" * 200,
            "t.yaml:1:21: this is nested too deeply. See `rehearse schema` for the shape.",
        ),
    ],
)
def test_what_could_do_harm_or_mislead_is_refused(text, message):
    with pytest.raises(BadInputError) as caught:
        read_tree(text, "t.yaml")

    assert str(caught.value) == message
