import pytest

from rehearse.feedback.inflection import forms_of


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("fix", "fix fixes fixed fixing"),
        ("take", "take takes took taken taking"),
        ("carry", "carry carries carried carrying"),
        ("delay", "delay delays delayed delaying"),
        ("agree", "agree agrees agreed agreeing"),
        ("tie", "tie ties tied tying"),
        ("put", "put puts puting putting"),
        ("stop", "stop stops stoped stopped stoping stopping"),
        ("quit", "quit quits quiting quitting"),
        ("go", "go goes went gone going"),
        ("wait", "wait waits waited waiting"),
    ],
)
def test_a_verb_has_all_its_forms(verb: str, forms: str) -> None:
    assert forms_of(verb) == frozenset(forms.split())
