"""Where things lie on this machine."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def home() -> Path:
    """The user's sessions, scenarios and cache: REHEARSE_HOME, or the system's usual place."""
    chosen = os.environ.get("REHEARSE_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("rehearse", appauthor=False)


def models() -> Path:
    """The checkout's `models/` where the program runs from one, else a folder in `home()`."""
    beside = _CHECKOUT / "models"
    return beside if _runs_from_checkout() and beside.is_dir() else home() / "models"


def shipped_scenarios() -> Path:
    """The scenarios that come with the program."""
    return _CHECKOUT / "scenarios" if _runs_from_checkout() else _PACKAGE / "scenarios"


def demo_answers() -> Path:
    """The recorded answers that come with the program."""
    return _PACKAGE / "demo"


def _runs_from_checkout() -> bool:
    return _PACKAGE.parent.name == "src" and (_CHECKOUT / "pyproject.toml").is_file()
