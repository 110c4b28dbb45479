"""The voice that the system has: SAPI5 on Windows, NSSpeechSynthesizer on macOS, eSpeak NG elsewhere."""

import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

from rehearse.adapters.voices.child_voice import ChildFailed, ChildVoice
from rehearse.errors import MissingError

_CHILD = (sys.executable, "-P", "-m", "rehearse.adapters.voices.system_child")
_LOOK_S = 20.0
_INSTALLERS = {
    "apt-get": "sudo apt-get install espeak-ng",
    "dnf": "sudo dnf install espeak-ng",
    "pacman": "sudo pacman -S espeak-ng",
    "zypper": "sudo zypper install espeak-ng",
    "apk": "sudo apk add espeak-ng",
}


class SystemVoice(ChildVoice):
    """Asks the system for its English voice, which takes a fraction of a second.

    Raises MissingError with what to install where there is none.
    """

    def __init__(self) -> None:
        super().__init__(name="system", identity="", command=_CHILD)
        try:
            pyttsx3_version = version("pyttsx3")
        except PackageNotFoundError:
            raise _missing("pyttsx3 is not installed", "Run `pip install pyttsx3`") from None
        try:
            found = self._run(_CHILD, "", _LOOK_S)
        except (ChildFailed, OSError) as reason:
            raise _missing(str(reason), remedy(platform.system())) from None
        self.identity = f"pyttsx3 {pyttsx3_version} {found}"


def remedy(system: str) -> str:
    """How to come by an English voice on this system, as platform.system() names it."""
    if system == "Windows":
        return "Add an English voice in Settings > Time & language > Speech"
    if system == "Darwin":
        return "Add an English voice in System Settings > Accessibility > Spoken Content"
    for installer, command in _INSTALLERS.items():
        if shutil.which(installer):
            return f"Run `{command}`"
    return "Install eSpeak NG (espeak-ng) with the system's package manager"


def _missing(reason: str, what_to_do: str) -> MissingError:
    return MissingError(
        f"The system's voice cannot be used: {reason}. {what_to_do}, "
        "or choose --voice none to read the prompts."
    )
