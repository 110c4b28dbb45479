"""The user's shelves: where scenarios, sessions and models are kept, ready to look into."""

from typing import TYPE_CHECKING

from rehearse import places
from rehearse.errors import BadInputError, MissingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearse.adapters.history_index import HistoryIndex
    from rehearse.adapters.models import ModelStore
    from rehearse.adapters.own_scenarios import OwnScenarios
    from rehearse.adapters.own_vocabulary import OwnVocabulary
    from rehearse.adapters.scenario_library import ScenarioLibrary
    from rehearse.adapters.session_folders import SessionFolders
    from rehearse.feedback.ruleset import RuleSet
    from rehearse.progress.comparison import Comparison
    from rehearse.progress.follow_ups import Before
    from rehearse.scenario import Scenario
    from rehearse.session import Session

LANGUAGE_MODEL = "meaning"
"""Hears key points in other words than theirs. Nobody needs it: without it lists of words do."""


def scenario_library() -> "ScenarioLibrary":
    """The user's own scenarios first, then those that ship with the program; one that is found has
    the terms that the user taught the recogniser for it.
    """
    from rehearse.adapters.scenario_library import ScenarioLibrary

    home = places.home()
    return ScenarioLibrary(
        home / "scenarios",
        places.shipped_scenarios(),
        cache=home / "cache" / "scenarios.json",
        terms=own_vocabulary().terms,
    )


def scenario_of(session: "Session") -> "Scenario | None":
    """What was rehearsed; None where its scenario is not here, or not sound any more."""
    try:
        name = session.session.scenario
        return scenario_library().find(name) if name else None
    except BadInputError:
        return None


def own_scenarios() -> "OwnScenarios":
    from rehearse.adapters.own_scenarios import OwnScenarios

    return OwnScenarios(places.home() / "scenarios", scenario_library().names())


def own_vocabulary() -> "OwnVocabulary":
    from rehearse.adapters.own_vocabulary import OwnVocabulary

    return OwnVocabulary(places.home() / "vocabulary")


def session_folders() -> "SessionFolders":
    from rehearse.adapters.session_folders import SessionFolders

    return SessionFolders(places.home() / "sessions")


def check_own_rules() -> None:
    """Raises BadInputError where the user's rules cannot be followed: before a word is recorded.

    Whoever has none waits for nothing.
    """
    if (places.home() / "rules.toml").is_file():
        rules()


def rules() -> "RuleSet":
    """The rules that ship with the program, as the user's `rules.toml` would have them."""
    from rehearse.feedback.own_rules import with_own_rules
    from rehearse.feedback.ruleset import load_rules

    own = places.home() / "rules.toml"
    if not own.is_file():
        return load_rules()
    try:
        return with_own_rules(load_rules(), str(own), own.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise BadInputError(f"{own}: this is not text in UTF-8. Save it as UTF-8.") from None


def judging_rules(tell: "Callable[[str], None]") -> "RuleSet":
    """The rules, and the language model where it is installed; `tell` is told where it fails."""
    import msgspec

    from rehearse.adapters.meaning import MeaningProcess

    try:
        folder = model_store().path(LANGUAGE_MODEL, "language")
    except MissingError:
        return rules()
    return msgspec.structs.replace(rules(), meaning=MeaningProcess(folder, tell))


def history_index(tell: "Callable[[str], None]") -> "HistoryIndex":
    """All sessions in brief; `tell` is told what had to be read anew, and what cannot be read."""
    from rehearse.adapters.history_index import HistoryIndex

    folders = session_folders()
    return HistoryIndex(folders.root, folders.load, tell)


def comparison(before: "Session", after: "Session") -> "Comparison":
    """The later session against the earlier one, by the spread of all that are kept."""
    from datetime import UTC, datetime

    from rehearse.progress.comparison import compare
    from rehearse.progress.sitting import in_brief

    long_ago = datetime.fromtimestamp(0, UTC)  # when either was told changes nothing here
    old, new = (in_brief(str(each.session.id), each, long_ago, 0) for each in (before, after))
    return compare(old, new, history_index(lambda _: None).sittings())


def follow_ups_before(scenario: str) -> "Before":
    """What past sittings with this scenario asked; nothing where that cannot be read."""
    from rehearse.progress.follow_ups import Before, before

    try:
        return before(history_index(lambda _: None).sittings(), scenario)
    except OSError:
        return Before()


def model_store() -> "ModelStore":
    from rehearse.adapters.models import ModelStore

    return ModelStore(places.models())
