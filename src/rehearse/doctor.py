"""What a check-up says: each thing that a rehearsal needs, whether it is there, and what to do.

Pure words and verdicts; `checkup` is what touches devices, voices and the disk.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from rehearse.errors import RehearseError
from rehearse.printable import printable
from rehearse.recording import RATE_HZ
from rehearse.soundcheck import NOTHING_DB

Status = Literal["ok", "missing", "note"]
System = Literal["debian", "fedora", "arch", "linux", "macos", "windows"]
Direction = Literal["microphone", "loudspeaker"]
Facts = Mapping[str, str | float | bool]
"""What scripts want to know: names, rates, bytes."""

QUIET_DB = -30.0
"""Speech usually peaks between -20 and -6 dB. Ten dB below that, a fan or a street covers it."""
REHEARSAL_BYTES = 60_000_000
"""Half an hour of takes."""
LITTLE_ROOM_BYTES = 500_000_000

_INSTALLERS = {
    "debian": "sudo apt install",
    "fedora": "sudo dnf install",
    "arch": "sudo pacman -S",
}
_PORTAUDIO = {"debian": "libportaudio2", "fedora": "portaudio", "arch": "portaudio"}
_ALSA_TO_SOUND_SERVER = {
    "debian": "libasound2-plugins",
    "fedora": "alsa-plugins-pulseaudio",
    "arch": "alsa-plugins",
}
_REPAIR_ALSA = {
    "debian": "Run `sudo apt install --reinstall libasound2-data`",
    "fedora": "Run `sudo dnf reinstall alsa-lib`",
    "arch": "Run `sudo pacman -S alsa-lib`",
    "linux": "Reinstall alsa-lib with the system's package manager",
}
_OPTIONS = {"microphone": "--input-device", "loudspeaker": "--output-device"}
_ABSENT = {
    "microphone": "there is no microphone",
    "loudspeaker": "there is no loudspeaker, and there are no headphones",
}
_WITHOUT = {
    "microphone": "Or rehearse on recorded answers: --answers DIR",
    "loudspeaker": "Or read the questions: --voice none",
}
_SHOWN_BY_THE_SYSTEM = {
    "macos": "If System Settings > Sound shows one, restart the terminal program",
    "windows": "If Settings > System > Sound shows one, see that it is enabled there",
    "linux": "If the sound settings show one, install ALSA's plugin for PulseAudio",
}
_UNMUTE = {
    "macos": "Let your terminal program use the microphone: System Settings > Privacy & Security > "
    "Microphone",
    "windows": "Let desktop apps use the microphone: Settings > Privacy & security > Microphone",
}


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at. Only what a rehearsal cannot do without is `missing`."""

    section: str
    status: Status
    text: str
    remedy: str = ""
    facts: Facts = {}

    def line(self) -> str:
        advice = f" -> {self.remedy}" if self.remedy else ""
        return printable(f"{self.status}: {self.section}: {self.text}{advice}")


class Checkup(msgspec.Struct, frozen=True):
    """The whole of it, as `doctor --json` prints it."""

    works: bool
    system: System
    checks: tuple[Check, ...]


def checkup_of(system: System, checks: Iterable[Check]) -> Checkup:
    checks = tuple(checks)
    return Checkup(would_work(checks), system, checks)


def would_work(checks: Iterable[Check]) -> bool:
    """Whether a rehearsal would."""
    return all(check.status != "missing" for check in checks)


def conclusion(checks: Sequence[Check]) -> str:
    lacking = list(dict.fromkeys(check.section for check in checks if check.status == "missing"))
    if lacking:
        return f"A rehearsal will not work yet. What is missing: {', '.join(lacking)}."
    if any(check.status == "note" for check in checks):
        return "A rehearsal will work. The notes say what would make it better."
    return "A rehearsal will work."


def system_of(name: str, os_release: Mapping[str, str]) -> System:
    """From what `platform.system()` says, and on Linux the keys of /etc/os-release."""
    if name == "Darwin":
        return "macos"
    if name == "Windows":
        return "windows"
    kin = {os_release.get("ID", ""), *os_release.get("ID_LIKE", "").split()}
    if kin & {"debian", "ubuntu"}:
        return "debian"
    if kin & {"fedora", "rhel"}:
        return "fedora"
    return "arch" if "arch" in kin else "linux"


def device_present(
    kind: Direction, name: str, rate_hz: int, *, is_default: bool, is_chosen: bool
) -> Check:
    role = " (chosen)" if is_chosen else " (the default)" if is_default else ""
    facts: Facts = {"name": name, "is_default": is_default, "rate_hz": rate_hz}
    return Check(kind, "ok", f"{name}{role}", facts=facts)


def device_absent(kind: Direction, system: System) -> Check:
    """The system has no such device at all."""
    plugin = _installing(_ALSA_TO_SOUND_SERVER, system)
    if plugin:
        settings = f"If the sound settings show one, run `{plugin}`"
    else:
        settings = _SHOWN_BY_THE_SYSTEM[system]
    return Check(
        kind, _if_lacking(kind), _ABSENT[kind], f"Plug one in. {settings}. {_WITHOUT[kind]}"
    )


def device_unknown(kind: Direction, wanted: str, problem: str) -> Check:
    """None is meant by the name that was given, or more than one."""
    remedy = f"Give one of these names, or a part of it that is its alone, to {_OPTIONS[kind]}"
    return Check(kind, _if_lacking(kind), problem, remedy, {"wanted": wanted})


def portaudio_missing(system: System, python: str) -> Check:
    text = "sound needs the PortAudio library, which cannot be loaded"
    if system in _PORTAUDIO:
        remedy = f"Run `{_installing(_PORTAUDIO, system)}`"
    elif system == "linux":
        remedy = "Install PortAudio with the system's package manager"
    else:
        remedy = _reinstalling_sounddevice(python)
    return Check("microphone", "missing", text, remedy)


def portaudio_crashes(system: System, python: str) -> Check:
    """Seen on Linux where ALSA does not find its own configuration."""
    text = "the sound library PortAudio crashes while it looks for devices"
    if system in _REPAIR_ALSA:
        remedy = f"{_REPAIR_ALSA[system]}, and unset ALSA_CONFIG_PATH where it is set"
    else:
        remedy = _reinstalling_sounddevice(python)
    return Check("microphone", "missing", text, remedy)


def recorder(name: str, rate_hz: int) -> Check:
    kept = "the rate that is kept" if rate_hz == RATE_HZ else f"kept at {RATE_HZ} Hz"
    return Check("recorder", "ok", f"{name} gives {rate_hz} Hz, {kept}", facts={"rate_hz": rate_hz})


def level(name: str, peak_db: float, system: System, *, is_clipped: bool) -> Check:
    """The verdict on three seconds of speech."""
    loudest = f"the loudest sound from {name} was {peak_db:.0f} dB"
    facts: Facts = {"name": name, "peak_db": round(peak_db, 1)}
    if peak_db <= NOTHING_DB:
        permit = _UNMUTE.get(system, "Unmute it in the sound settings")
        remedy = f"{permit}. Or choose another: --input-device"
        return Check("level", "note", f"nothing heard: {loudest}", remedy, facts)
    if is_clipped:
        remedy = "Move back a little, or lower its level in the sound settings"
        return Check("level", "note", f"too loud: {loudest}", remedy, facts)
    if peak_db < QUIET_DB:
        remedy = "Come closer, or raise its level in the sound settings"
        return Check("level", "note", f"very quiet: {loudest}", remedy, facts)
    return Check("level", "ok", f"good: {loudest}", facts=facts)


def played(name: str) -> Check:
    return Check("playback", "ok", f"what was recorded was played on {name}", facts={"name": name})


def voice_works(name: str) -> Check:
    return Check("voice", "ok", f"{name} speaks", facts={"name": name})


def model_present(name: str, folder: Path, section: str = "model") -> Check:
    return Check(section, "ok", f"{name} is in {folder}", facts={"name": name})


def language_model_missing(error: RehearseError) -> Check:
    """A rehearsal does without."""
    check = trouble("key points", "note", error)
    text = f"{check.text}, so they count as said only in words that are on a list"
    return msgspec.structs.replace(check, text=text)


def disk(home: Path, free_bytes: int, *, is_writable: bool) -> Check:
    facts: Facts = {"folder": str(home), "free_bytes": free_bytes}
    if not is_writable:
        remedy = "Make the folder writable, or choose another with REHEARSE_HOME"
        return Check("disk", "missing", f"{home} cannot be written to", remedy, facts)
    room = f"{free_bytes / 1e6:,.0f} MB are free for {home}"
    need = f"30 minutes of rehearsal need {REHEARSAL_BYTES / 1e6:.0f} MB"
    remedy = "Make room, or choose another disk with REHEARSE_HOME"
    if free_bytes < REHEARSAL_BYTES:
        return Check("disk", "missing", f"only {room}; {need}", remedy, facts)
    if free_bytes < LITTLE_ROOM_BYTES:
        return Check("disk", "note", f"only {room}; {need}", remedy, facts)
    return Check("disk", "ok", f"{room}; {need}", facts=facts)


def trouble(section: str, status: Status, error: RehearseError) -> Check:
    """An error as a check: its first sentence says what is wrong, the others what to do."""
    text, _, remedy = str(error).partition(". ")
    return Check(section, status, text.rstrip("."), remedy.rstrip("."))


def _reinstalling_sounddevice(python: str) -> str:
    return f"Run `{python} -m pip install --force-reinstall sounddevice`"


def _installing(packages: Mapping[str, str], system: System) -> str:
    return f"{_INSTALLERS[system]} {packages[system]}" if system in packages else ""


def _if_lacking(kind: Direction) -> Status:
    """Questions can be read, but answers must be heard."""
    return "missing" if kind == "microphone" else "note"
