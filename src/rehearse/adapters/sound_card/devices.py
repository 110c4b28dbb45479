"""Which microphones and loudspeakers this machine has."""

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache
from threading import Thread
from typing import Any, Literal

import msgspec

from rehearse.errors import MissingError

Direction = Literal["input", "output"]

_NONE_THERE = {
    "input": (
        "There is no microphone. Plug one in and try again, or use recorded answers in its place: "
        "`--answers DIR`."
    ),
    "output": (
        "There is no loudspeaker and there are no headphones. Plug some in and try again, or read "
        "the questions instead: `--voice none`."
    ),
}
_NAMES = {"input": "microphone", "output": "loudspeaker"}
_ALSA_IS_BROKEN = (
    "Sound does not work on this machine: ALSA does not find its own configuration. Unset "
    "ALSA_CONFIG_PATH where it is set, or install ALSA's files again (Debian, Ubuntu: "
    "`sudo apt install --reinstall libasound2-data`). Recorded answers work without: `--answers DIR`."
)
_CLOSING_S = 2.0
_IS_LINUX = sys.platform.startswith("linux")


class Device(msgspec.Struct, frozen=True):
    name: str
    index: int
    is_default: bool
    rate_hz: int
    """The rate that it works at when nobody asks for another."""
    channels: int


def input_devices() -> tuple[Device, ...]:
    """Every microphone of the system's usual sound interface.

    Raises MissingError where PortAudio is not installed.
    """
    return _devices("input")


def output_devices() -> tuple[Device, ...]:
    """Every loudspeaker, as input_devices does for microphones."""
    return _devices("output")


def find_input(name_or_index: str | None) -> Device:
    """The microphone with this number, this name, or the only one whose name has this in it.

    None means the system's default. Raises MissingError with what there is.
    """
    return _chosen("input", name_or_index)


def find_output(name_or_index: str | None) -> Device:
    """The loudspeaker that is meant, as find_input does for microphones."""
    return _chosen("output", name_or_index)


def rescan() -> None:
    """Notices devices that came or went. Whatever plays or records at that moment is cut off."""
    sd = portaudio()
    sd._terminate()  # noqa: SLF001 - PortAudio looks for devices only when it starts
    sd._initialize()  # noqa: SLF001


@cache
def portaudio() -> Any:
    """The sounddevice module, which has no types. Raises MissingError, with what to install, where it cannot load."""
    if _IS_LINUX:
        _mute_libraries()
        if not _alsa_knows_of_devices():
            raise MissingError(_ALSA_IS_BROKEN)
    try:
        import sounddevice
    except OSError:
        raise MissingError(_how_to_install()) from None
    return sounddevice


def usable_rate_hz(device: Device, direction: Direction, wanted_hz: int) -> int:
    """The wanted rate where the device knows it, else the device's own."""
    sd = portaudio()
    check = sd.check_input_settings if direction == "input" else sd.check_output_settings
    try:
        check(device=device.index, channels=1, dtype="int16", samplerate=wanted_hz)
    except sd.PortAudioError:
        return device.rate_hz
    return wanted_hz


def started(device: Device, direction: Direction, **settings: Any) -> Any:
    """A running mono stream of 16-bit samples. Raises MissingError where the device refuses."""
    sd = portaudio()
    opened = sd.RawInputStream if direction == "input" else sd.RawOutputStream
    try:
        stream = opened(device=device.index, channels=1, dtype="int16", **settings)
        stream.start()
    except sd.PortAudioError as error:
        raise MissingError(
            f'The {_NAMES[direction]} "{device.name}" cannot be opened: {_reason(error)}. It may be '
            "in use by another program, or unplugged: free it, or choose another with "
            f"`--{direction}-device`."
        ) from None
    return stream


def closed_in_time(close: Callable[[], object]) -> None:
    """Calls `close`, but waits for it only so long: on some systems PortAudio hangs when it closes
    a device that was unplugged.
    """
    closing = Thread(target=close, daemon=True)
    closing.start()
    closing.join(_CLOSING_S)


def _devices(direction: Direction) -> tuple[Device, ...]:
    sd = portaudio()
    interface = sd.default.hostapi
    if interface < 0:
        return ()
    default = sd.query_hostapis(interface)[f"default_{direction}_device"]
    return tuple(
        Device(
            name=row["name"],
            index=row["index"],
            is_default=row["index"] == default,
            rate_hz=round(row["default_samplerate"]),
            channels=row[f"max_{direction}_channels"],
        )
        for row in sd.query_devices()
        if row["hostapi"] == interface and row[f"max_{direction}_channels"] > 0
    )


def _chosen(direction: Direction, wanted: str | None) -> Device:
    devices = _devices(direction)
    if not devices:
        raise MissingError(_NONE_THERE[direction])
    if wanted is None:
        return next((device for device in devices if device.is_default), devices[0])
    fitting = _fitting(devices, wanted.casefold())
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(f"{device.index} {device.name}" for device in devices)
    problem = "fits more than one" if fitting else "fits no"
    raise MissingError(
        f'"{wanted}" {problem} {_NAMES[direction]}. These are there: {there}. '
        f"Give a number or a name from this list to `--{direction}-device`."
    )


def _fitting(devices: tuple[Device, ...], wanted: str) -> list[Device]:
    """The devices meant by a number, else by a whole name, else by a part of one."""
    by_number = [device for device in devices if str(device.index) == wanted]
    by_name = [device for device in devices if device.name.casefold() == wanted]
    by_part = [device for device in devices if wanted in device.name.casefold()]
    return by_number or by_name or by_part


def _how_to_install() -> str:
    if _IS_LINUX:
        return (
            "Sound needs the PortAudio library, which is not installed. Run one of these: "
            "`sudo apt install libportaudio2` (Debian, Ubuntu), `sudo dnf install portaudio` "
            "(Fedora), `sudo pacman -S portaudio` (Arch)."
        )
    return (
        "Sound needs the PortAudio library, which cannot be loaded. It comes with sounddevice: run "
        "`python -m pip install --force-reinstall sounddevice`."
    )


def _reason(error: Exception) -> str:
    """The operating system's words where there are some, else PortAudio's without its number."""
    match error.args:
        case (_, _, (_, _, str(system_says))) if system_says:
            return system_says
        case _:
            return str(error.args[0]).rsplit(" [", 1)[0]


def _alsa_knows_of_devices() -> bool:
    """Whether ALSA finds its own configuration. Where it does not, PortAudio aborts the process."""
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return True  # no ALSA, so PortAudio does not ask it, or says itself what is missing
    if alsa.snd_config_update() < 0:
        return False
    config, devices = ctypes.c_void_p.in_dll(alsa, "snd_config"), ctypes.c_void_p()
    return bool(alsa.snd_config_search(config, b"pcm", ctypes.byref(devices)) == 0)


def _mute_libraries() -> None:
    """ALSA and PortAudio write to C's stderr where a device refuses or goes away. Ours is the one
    message wanted, so they are given another file; sys.stderr does not use it.
    """
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    ctypes.c_void_p.in_dll(libc, "stderr").value = libc.fopen(os.devnull.encode(), b"w")
