"""Looks at what a rehearsal needs on this machine: devices, level, voices, model, disk."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from rehearse import doctor, places
from rehearse.adapters.models import DEFAULT_MODEL
from rehearse.adapters.sound_card import (
    Device,
    Loudspeaker,
    Microphone,
    find_input,
    find_output,
    input_devices,
    output_devices,
)
from rehearse.adapters.sound_card.devices import portaudio, usable_rate_hz
from rehearse.adapters.voices import PiperVoice, SystemVoice
from rehearse.doctor import Check, System
from rehearse.errors import MissingError, RehearseError
from rehearse.recording import RATE_HZ, SILENCE_DB
from rehearse.shelves import LANGUAGE_MODEL, model_store
from rehearse.soundcheck import NOTHING_DB

LISTENING_S = 3.0
_PYTHON_RAISED = 1
_VOICES = (PiperVoice, SystemVoice)

Tell = Callable[[str], None]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which devices are meant, and whether to listen to them."""

    input_device: str | None = None
    output_device: str | None = None
    listens: bool = False


def this_system() -> System:
    try:
        os_release = platform.freedesktop_os_release()
    except OSError:
        os_release = {}
    return doctor.system_of(platform.system(), os_release)


def checks(wanted: Wanted, tell: Tell) -> Iterator[Check]:
    """Each check as soon as it is done; `tell` gets what the user should do or expect."""
    yield from _sound(wanted, tell)
    for voice in _VOICES:
        yield _voice(voice)
    yield _model()
    yield _language_model()
    yield _disk(places.home())


def _sound(wanted: Wanted, tell: Tell) -> Iterator[Check]:
    system = this_system()
    if _portaudio_crashes():
        yield doctor.portaudio_crashes(system, sys.executable)
        return
    try:
        portaudio()
    except MissingError:
        yield doctor.portaudio_missing(system, sys.executable)
        return
    microphone = yield from _devices(
        "microphone", input_devices(), find_input, wanted.input_device, system
    )
    loudspeaker = yield from _devices(
        "loudspeaker", output_devices(), find_output, wanted.output_device, system
    )
    if microphone is None:
        return
    yield doctor.recorder(microphone.name, usable_rate_hz(microphone, "input", RATE_HZ))
    if wanted.listens:
        yield from _level(microphone, loudspeaker, system, tell)


def _portaudio_crashes() -> bool:
    """Tried in a process of its own, since it would take this one with it."""
    tried = subprocess.run(
        [sys.executable, "-c", "import sounddevice"], capture_output=True, check=False
    )
    return tried.returncode not in (0, _PYTHON_RAISED)


def _devices(
    kind: doctor.Direction,
    devices: tuple[Device, ...],
    find: Callable[[str | None], Device],
    wanted: str | None,
    system: System,
) -> Generator[Check, None, Device | None]:
    """A check for each device; returns the one that is meant."""
    if not devices:
        yield doctor.device_absent(kind, system)
        return None
    meant, problem = None, ""
    try:
        meant = find(wanted)
    except MissingError as error:
        problem = str(error).partition(". ")[0]
    for device in devices:
        yield doctor.device_present(
            kind,
            device.name,
            device.rate_hz,
            is_default=device.is_default,
            is_chosen=bool(wanted) and device == meant,
        )
    if meant is None:
        yield doctor.device_unknown(kind, wanted or "", problem)
    return meant


def _level(
    microphone: Device, loudspeaker: Device | None, system: System, tell: Tell
) -> Iterator[Check]:
    """Three seconds recorded, judged, and played back where there is something to hear."""
    with TemporaryDirectory(prefix="rehearse-") as folder:
        take = Path(folder) / "level.wav"
        tell(f"Say a sentence now: {microphone.name} is listening for {LISTENING_S:.0f} seconds.")
        try:
            peak_db, is_clipped = _listen(microphone, take)
        except MissingError as error:
            yield doctor.trouble("microphone", "missing", error)
            return
        yield doctor.level(microphone.name, peak_db, system, is_clipped=is_clipped)
        if loudspeaker is not None and peak_db > NOTHING_DB:
            tell(f"You should hear it now on {loudspeaker.name}.")
            yield _play(loudspeaker, take)


def _listen(device: Device, take: Path) -> tuple[float, bool]:
    """The loudest level, and whether the sound was cut off at its tops."""
    peak_db, is_clipped = SILENCE_DB, False
    with closing(Microphone(str(device.index)).record("level", take)) as moments:
        for moment in moments:
            peak_db = max(peak_db, moment.peak_db)
            is_clipped = is_clipped or moment.clipped
            if moment.elapsed_s >= LISTENING_S:
                break
    return peak_db, is_clipped


def _play(device: Device, take: Path) -> Check:
    try:
        Loudspeaker(str(device.index)).play(take)
    except RehearseError as error:
        return doctor.trouble("playback", "note", error)
    return doctor.played(device.name)


def _voice(kind: type[PiperVoice | SystemVoice]) -> Check:
    """Whether it speaks, by letting it speak."""
    try:
        voice = kind()
        with TemporaryDirectory(prefix="rehearse-") as folder:
            voice.synthesize("Ready.", Path(folder) / "ready.wav")
    except MissingError as error:
        return doctor.trouble("voice", "note", error)
    return doctor.voice_works(voice.name)


def _model() -> Check:
    try:
        folder = model_store().path(DEFAULT_MODEL)
    except MissingError as error:
        return doctor.trouble("model", "missing", error)
    return doctor.model_present(DEFAULT_MODEL, folder)


def _language_model() -> Check:
    try:
        folder = model_store().path(LANGUAGE_MODEL, "language")
    except MissingError as error:
        return doctor.language_model_missing(error)
    return doctor.model_present(LANGUAGE_MODEL, folder, "key points")


def _disk(home: Path) -> Check:
    """The folder may not be there yet; the nearest one above it is on the same disk."""
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free_bytes = shutil.disk_usage(there).free
    return doctor.disk(home, free_bytes, is_writable=os.access(there, os.W_OK))
