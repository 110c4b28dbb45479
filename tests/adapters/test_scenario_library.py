import os

import pytest

from rehearse import places
from rehearse.adapters.scenario_library import ScenarioLibrary, check_scenario, read_scenario
from rehearse.errors import BadInputError
from rehearse.scenario_yaml import MAX_CHARS

SMALL = """\
schema: 1
name: {name}
question: {question}
steps:
  - name: situation
    target: 30s
"""


def write(folder, name, question="What went wrong?"):
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.yaml"
    file.write_text(SMALL.format(name=name, question=question))
    return file


@pytest.fixture
def own(tmp_path):
    return tmp_path / "own"


@pytest.fixture
def library(own, tmp_path):
    return ScenarioLibrary(own, tmp_path / "shipped")


def complaint(call, *arguments):
    with pytest.raises(BadInputError) as caught:
        call(*arguments)
    return str(caught.value)


def test_names_of_all_folders_are_listed_once_each_in_order(library, own, tmp_path):
    for folder, name in [(own, "b"), (own, "c"), (tmp_path / "shipped", "a"), (own, "a")]:
        write(folder, name)
    (own / "notes.txt").write_text("no scenario")

    assert library.names() == ["a", "b", "c"]


def test_a_users_own_scenario_stands_before_a_shipped_one_of_that_name(library, own, tmp_path):
    write(own, "story", "Mine?")
    write(tmp_path / "shipped", "story", "Shipped?")

    assert library.find("story").question == "Mine?"


def test_folders_that_do_not_exist_hold_nothing(library):
    assert library.names() == []


@pytest.mark.parametrize("name", ["story.yaml", "own/story.yaml", "./own/../own/story.yaml"])
def test_a_path_names_a_file_wherever_it_lies(library, own, tmp_path, monkeypatch, name):
    write(own, "story", "Mine?")
    monkeypatch.chdir(own if name == "story.yaml" else tmp_path)

    assert library.find(name).question == "Mine?"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "stroy",
            'There is no scenario "stroy". Did you mean story? `rehearse list` shows the names; '
            "a path to a .yaml file works too.",
        ),
        (
            "zzz",
            'There is no scenario "zzz". `rehearse list` shows the names; '
            "a path to a .yaml file works too.",
        ),
        (
            "",
            'There is no scenario "". `rehearse list` shows the names; '
            "a path to a .yaml file works too.",
        ),
        (
            "..",
            'There is no scenario "..". `rehearse list` shows the names; '
            "a path to a .yaml file works too.",
        ),
        ("../story", "../story: there is no such file. `rehearse list` shows scenarios."),
        ("none.yaml", "none.yaml: there is no such file. `rehearse list` shows scenarios."),
        ("x" * 300 + ".yaml", f"{'x' * 300}.yaml: cannot be read: File name too long."),
    ],
)
def test_an_unknown_scenario_is_named_with_what_is_near(library, own, monkeypatch, name, message):
    write(own, "story")
    monkeypatch.chdir(own)

    assert complaint(library.find, name) == message


def test_a_folder_is_no_scenario(tmp_path):
    assert complaint(read_scenario, tmp_path) == (
        f"{tmp_path}: this is a folder. Name the .yaml file inside it."
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", ": this file is empty. `rehearse schema` shows what a scenario holds."),
        (
            b"schema: 1\nname: caf\xe9\n",
            ":2:10: this is not UTF-8 text. Save the file as UTF-8.",
        ),
        (b"\x89PNG\r\n", ":1:1: this is not UTF-8 text. Save the file as UTF-8."),
        (
            b"RIFF\x24\x00\x00\x00WAVE",
            ":1:6: no text file should hold this character (U+0000). "
            "Delete it, and save the file as UTF-8.",
        ),
        (
            b"name: \x1b]0;owned\x07",
            ":1:7: no text file should hold this character (U+001B). "
            "Delete it, and save the file as UTF-8.",
        ),
        (
            b"a: &a [x]\nb: [*a, *a]\n",
            ":1:4: anchors (&a) are not supported. Write the text out.",
        ),
        (
            b"!!python/object/apply:os.system [id]",
            ":1:1: tags (tag:yaml.org,2002:python/object/apply:os.system) are not supported. "
            "Remove the tag.",
        ),
        (
            b"#" * (MAX_CHARS + 1),
            ": this file holds 1,000,001 characters; a scenario may hold 1,000,000 at most.",
        ),
        (b"just words", ":1:1: keys with values belong here. `rehearse schema` shows what a "
         "scenario holds."),
    ],
    ids=["empty", "latin-1", "png", "wav", "escape", "bomb", "tag", "huge", "prose"],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_refused_by_name_and_place(tmp_path, data, message):
    file = tmp_path / "story.yaml"
    file.write_bytes(data)

    assert complaint(read_scenario, file) == f"{file}{message}"


def test_a_byte_order_mark_is_no_fault(own):
    file = write(own, "story")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert read_scenario(file).name == "story"


def test_a_file_is_called_what_its_scenario_is_called(own):
    file = write(own, "story").rename(own / "tale.yaml")

    assert complaint(check_scenario, file) == (
        f'{file}:1:1: the scenario calls itself "story". '
        "Rename the file to story.yaml, or change its name."
    )


def test_what_ships_is_found_by_its_name():
    library = ScenarioLibrary(places.shipped_scenarios())

    assert [library.find(name).name for name in library.names()] == library.names() != []


# --- what was read before is kept ------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "home" / "cache" / "scenarios.json"


@pytest.fixture
def listed(own, cache):
    """What somebody who starts the program now is shown."""

    def read():
        scenarios, problems = ScenarioLibrary(own, cache=cache).read_all()
        return [scenario.question for scenario in scenarios], [str(each) for each in problems]

    return read


def write_long_ago(*arguments):
    file = write(*arguments)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    return file


def refuse_to_read(text, file):
    raise AssertionError(f"{file} was read again")


def test_a_file_that_did_not_change_is_read_once(own, listed, monkeypatch):
    write_long_ago(own, "story", "Why?")
    first = listed()
    monkeypatch.setattr("rehearse.scenario_yaml.parse", refuse_to_read)

    assert listed() == first == (["Why?"], [])


def test_kept_scenarios_are_the_same_as_those_that_were_read(cache):
    shelf = places.shipped_scenarios()
    ScenarioLibrary(shelf, cache=cache).read_all()

    assert ScenarioLibrary(shelf, cache=cache).read_all() == ScenarioLibrary(shelf).read_all()
    assert cache.is_file()


def test_what_happens_to_a_file_shows_at_once(own, listed):
    write_long_ago(own, "story", "What?")
    seen = [listed()]
    write_long_ago(own, "story", "When?")
    write(own, "tale", "Who?")
    seen.append(listed())
    write(own, "tale", "Why?")
    seen.append(listed())
    broken = write_long_ago(own, "story", "")
    seen.append(listed())
    broken.unlink()
    seen.append(listed())

    assert seen == [
        (["What?"], []),
        (["When?", "Who?"], []),
        (["When?", "Why?"], []),
        (["Why?"], [f"{broken}:3:1: question: text is missing here. Write it, or remove the key."]),
        (["Why?"], []),
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"\x00\xff" * 50,
        lambda data: data[:-20],
        lambda data: data.replace(b"Why?", b"Who?"),
        lambda data: data.replace(b"0.", b"9.", 1),
        lambda data: b"0" * 9 + b"\n" + b"[" * 100_000,
    ],
    ids=["empty", "noise", "cut off", "another word", "another version", "deep"],
)
def test_a_cache_that_is_damaged_or_not_of_this_version_is_made_anew(own, cache, listed, spoil):
    write_long_ago(own, "story", "Why?")
    listed()
    whole = cache.read_bytes()
    cache.write_bytes(spoil(whole))

    assert (listed(), cache.read_bytes()) == ((["Why?"], []), whole)


def test_a_cache_that_cannot_be_written_costs_no_answer(own, cache, listed):
    write_long_ago(own, "story", "Why?")
    cache.parent.parent.write_text("a file where the folder should be")

    assert listed() == (["Why?"], [])


def test_a_cache_that_is_a_folder_costs_no_answer(own, cache, listed):
    write_long_ago(own, "story", "Why?")
    cache.mkdir(parents=True)

    assert listed() == (["Why?"], [])
