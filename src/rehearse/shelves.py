"""The user's shelves: where scenarios, sessions and models are kept, ready to look into."""

from typing import TYPE_CHECKING

from rehearse import places

if TYPE_CHECKING:
    from rehearse.adapters.models import ModelStore
    from rehearse.adapters.scenario_library import ScenarioLibrary
    from rehearse.adapters.session_folders import SessionFolders


def scenario_library() -> "ScenarioLibrary":
    """The user's own scenarios first, then those that ship with the program."""
    from rehearse.adapters.scenario_library import ScenarioLibrary

    return ScenarioLibrary(places.home() / "scenarios", places.shipped_scenarios())


def session_folders() -> "SessionFolders":
    from rehearse.adapters.session_folders import SessionFolders

    return SessionFolders(places.home() / "sessions")


def model_store() -> "ModelStore":
    from rehearse.adapters.models import ModelStore

    return ModelStore(places.models())
