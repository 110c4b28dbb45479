"""What the check-up says: its verdicts, and every line of it on real and on missing devices."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from rehearse import checkup, doctor, places
from rehearse.adapters.sound_card import input_devices
from rehearse.doctor import Check
from rehearse.errors import ExitCode
from tests.live import LiveRehearsal
from tests.virtual_card import MOUTH_HZ, virtual_card

__all__ = ["virtual_card"]

NO_DEVICES = {"PULSE_SERVER": "unix:/nowhere"}
NO_ALSA = {"ALSA_CONFIG_PATH": "/nowhere"}
MIB = 1_000_000


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has ALSA")


@pytest.fixture
def voices():
    """The lines for the voices, where both are here."""
    if not find_spec("piper") or not shutil.which("espeak-ng"):
        pytest.skip("needs both voices: run `pip install --group test`, and install espeak-ng")
    return ["ok: voice: piper speaks", "ok: voice: system speaks"]


@pytest.fixture
def checked(virtual_card, home, base_model):
    """The lines of a check-up on the virtual card; `said` goes into the microphone meanwhile."""

    def check(*arguments, said=None):
        running = LiveRehearsal(virtual_card, home, "doctor", *arguments)
        if said is not None:
            running.wait_for("Say a sentence now")
            virtual_card.speak_samples(said).wait()
        lines = running.finish().splitlines()
        return running.process.returncode, lines, [line for _, line in running.lines]

    return check


def tone(peak, seconds=3.5):
    wave_form = np.sin(np.arange(round(seconds * MOUTH_HZ)) * 440 * 2 * np.pi / MOUTH_HZ)
    return np.clip(peak * wave_form, -32768, 32767).astype(np.int16).tobytes()


def of(lines, section):
    return [line for line in lines if line.partition(": ")[2].startswith(f"{section}: ")]


# --- on a sound card ------------------------------------------------------------------------------


def test_every_line_of_a_check_up_where_all_is_well(
    checked, voices, home, base_model, language_model
):
    code, lines, told = checked()

    names = [device.name for device in input_devices()]
    disk = lines.pop(-2)
    assert (code, told) == (0, [])
    assert lines == [
        *(f"ok: microphone: {name}{' (the default)' * (name == 'default')}" for name in names),
        *(f"ok: loudspeaker: {name}{' (the default)' * (name == 'default')}" for name in names),
        "ok: recorder: default gives 16000 Hz, the rate that is kept",
        *voices,
        f"ok: model: base is in {base_model}",
        f"ok: key points: meaning is in {language_model}",
        "A rehearsal will work.",
    ]
    assert {"microphone", "room", "default"} <= set(names)
    assert disk.startswith(("ok: disk: ", "note: disk: "))
    assert f"MB are free for {home}; 30 minutes of rehearsal need 60 MB" in disk


def test_speech_is_measured_and_played_back(checked, virtual_card):
    with virtual_card.ear() as ear:
        code, lines, told = checked("--listen", said=tone(peak=8192))

    assert code == 0
    assert of(lines, "level") + of(lines, "playback") == [
        "ok: level: good: the loudest sound from default was -12 dB",
        "ok: playback: what was recorded was played on default",
    ]
    assert told == [
        "Say a sentence now: default is listening for 3 seconds.",
        "You should hear it now on default.",
    ]
    assert np.abs(ear.frames[:, 0].astype(int)).max() == pytest.approx(8192, rel=0.05)


def test_a_microphone_that_hears_nothing_is_a_note_and_nothing_is_played(checked):
    code, lines, told = checked("--listen", "--input-device", "room")

    assert code == 0
    assert "ok: microphone: room (chosen)" in lines
    assert of(lines, "level") + of(lines, "playback") == [
        "note: level: nothing heard: the loudest sound from room was -120 dB -> Unmute it in the "
        "sound settings. Or choose another: --input-device"
    ]
    assert lines[-1] == "A rehearsal will work. The notes say what would make it better."
    assert told == ["Say a sentence now: room is listening for 3 seconds."]


def test_a_microphone_that_is_not_there_is_what_is_missing(checked):
    code, lines, _ = checked("--input-device", "headset")

    assert code == ExitCode.MISSING
    assert of(lines, "microphone")[-1] == (
        'missing: microphone: "headset" fits no microphone -> Give one of these names, or a part '
        "of it that is its alone, to --input-device"
    )
    assert lines[-1] == "A rehearsal will not work yet. What is missing: microphone."


def test_a_microphone_that_refuses_is_missing_though_the_system_lists_it(checked, virtual_card):
    virtual_card.unplug()
    try:
        code, lines, _ = checked("--listen", "--input-device", "microphone")
    finally:
        virtual_card.plug_in()

    assert code == ExitCode.MISSING
    assert of(lines, "level") == []
    assert of(lines, "microphone")[-1] == (
        'missing: microphone: The microphone "microphone" cannot be opened: Input/output error -> '
        "It may be in use by another program, or unplugged: free it, or choose another with "
        "`--input-device`"
    )


def test_a_loudspeaker_that_is_not_there_is_a_note(checked):
    code, lines, _ = checked("--output-device", "o")

    assert code == 0
    assert of(lines, "loudspeaker")[-1] == (
        'note: loudspeaker: "o" fits more than one loudspeaker -> Give one of these names, or a '
        "part of it that is its alone, to --output-device"
    )


def test_json_says_the_same_in_one_document(checked):
    code, (line,), _ = checked("--json")

    document = json.loads(line)
    _, lines, _ = checked()
    assert (code, document["works"], document["system"]) == (0, True, checkup.this_system())
    assert [Check(**check).line() for check in document["checks"]][:-1] == lines[:-2]
    assert [check["facts"] for check in document["checks"] if check["section"] == "recorder"] == [
        {"rate_hz": 16_000}
    ]


# --- without one ----------------------------------------------------------------------------------


def test_a_machine_without_a_sound_card_is_told_what_to_do(rehearse, base_model):
    completed = rehearse("doctor", "--listen", **NO_DEVICES)
    lines = completed.stdout.splitlines()

    system = checkup.this_system()
    expected = [doctor.device_absent(kind, system) for kind in ("microphone", "loudspeaker")]
    assert (completed.returncode, completed.stderr) == (ExitCode.MISSING, "")
    assert lines[:2] == [check.line() for check in expected]
    assert of(lines, "level") == []
    assert lines[-1] == "A rehearsal will not work yet. What is missing: microphone."


@on_linux
def test_a_machine_without_portaudio_is_told_what_to_install(home):
    program = (
        "import ctypes.util, sys; ctypes.util.find_library = lambda name: None\n"
        "sys.argv[1:] = ['doctor']; from rehearse.cli import main; main()"
    )
    completed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    expected = doctor.portaudio_missing(checkup.this_system(), sys.executable)
    assert completed.returncode == ExitCode.MISSING
    assert completed.stdout.splitlines()[0] == expected.line()


@on_linux
def test_a_sound_library_that_crashes_is_told_and_takes_nothing_with_it(rehearse, base_model):
    completed = rehearse("doctor", **NO_ALSA)
    lines = completed.stdout.splitlines()

    expected = doctor.portaudio_crashes(checkup.this_system(), sys.executable)
    assert (completed.returncode, completed.stderr) == (ExitCode.MISSING, "")
    assert lines[0] == expected.line()
    assert of(lines, "model") == [f"ok: model: base is in {base_model}"]


def test_a_home_that_cannot_be_written_to_is_missing(rehearse, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    lines = rehearse("doctor", REHEARSE_HOME=str(locked)).stdout.splitlines()

    assert of(lines, "disk") == [
        f"missing: disk: {locked} cannot be written to -> Make the folder writable, or choose "
        "another with REHEARSE_HOME"
    ]


def test_a_model_that_is_not_here_is_missing(home, monkeypatch):
    monkeypatch.setattr(places, "_CHECKOUT", home)
    assert [check.line() for check in checkup.checks(checkup.Wanted(), print)][-3:-1] == [
        'missing: model: The speech model "base" is not here -> Run `rehearse models get base` '
        "(148 MB)",
        'note: key points: The language model "meaning" is not here, so they count as said only in '
        "words that are on a list -> Run `rehearse models get meaning` (90 MB)",
    ]


# --- verdicts and advice --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peak_db", "is_clipped", "line"),
    [
        (
            -61.0,
            False,
            "note: level: nothing heard: the loudest sound from USB was -61 dB -> Unmute it in the "
            "sound settings. Or choose another: --input-device",
        ),
        (
            -30.1,
            False,
            "note: level: very quiet: the loudest sound from USB was -30 dB -> Come closer, or "
            "raise its level in the sound settings",
        ),
        (-29.9, False, "ok: level: good: the loudest sound from USB was -30 dB"),
        (-0.1, False, "ok: level: good: the loudest sound from USB was -0 dB"),
        (
            0.0,
            True,
            "note: level: too loud: the loudest sound from USB was 0 dB -> Move back a little, or "
            "lower its level in the sound settings",
        ),
    ],
)
def test_a_level_is_judged_in_plain_words(peak_db, is_clipped, line):
    assert doctor.level("USB", peak_db, "debian", is_clipped=is_clipped).line() == line


@pytest.mark.parametrize(
    ("system", "advice"),
    [
        (
            "macos",
            "Let your terminal program use the microphone: System Settings > Privacy & Security > "
            "Microphone. Or choose another: --input-device",
        ),
        (
            "windows",
            "Let desktop apps use the microphone: Settings > Privacy & security > Microphone. "
            "Or choose another: --input-device",
        ),
    ],
)
def test_silence_is_a_matter_of_permission_on_some_systems(system, advice):
    assert doctor.level("USB", -120.0, system, is_clipped=False).remedy == advice


@pytest.mark.parametrize(
    ("free_bytes", "line"),
    [
        (
            59 * MIB,
            "missing: disk: only 59 MB are free for home; 30 minutes of rehearsal need 60 MB "
            "-> Make room, or choose another disk with REHEARSE_HOME",
        ),
        (
            499 * MIB,
            "note: disk: only 499 MB are free for home; 30 minutes of rehearsal need 60 MB "
            "-> Make room, or choose another disk with REHEARSE_HOME",
        ),
        (
            1500 * MIB,
            "ok: disk: 1,500 MB are free for home; 30 minutes of rehearsal need 60 MB",
        ),
    ],
)
def test_room_on_the_disk_is_judged(free_bytes, line):
    assert doctor.disk(Path("home"), free_bytes, is_writable=True).line() == line


def test_a_folder_that_cannot_be_written_to_is_missing():
    assert doctor.disk(Path("home"), 1500 * MIB, is_writable=False).line() == (
        "missing: disk: home cannot be written to -> Make the folder writable, or choose another "
        "with REHEARSE_HOME"
    )


@pytest.mark.parametrize(
    ("name", "os_release", "system"),
    [
        ("Linux", {"ID": "debian"}, "debian"),
        ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ("Linux", {"ID": "fedora"}, "fedora"),
        ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ("Linux", {"ID": "manjaro", "ID_LIKE": "arch"}, "arch"),
        ("Linux", {"ID": "alpine"}, "linux"),
        ("FreeBSD", {}, "linux"),
        ("Darwin", {}, "macos"),
        ("Windows", {}, "windows"),
    ],
)
def test_a_system_is_known_by_its_kin(name, os_release, system):
    assert doctor.system_of(name, os_release) == system


@pytest.mark.parametrize(
    ("system", "remedy"),
    [
        ("debian", "Run `sudo apt install libportaudio2`"),
        ("fedora", "Run `sudo dnf install portaudio`"),
        ("arch", "Run `sudo pacman -S portaudio`"),
        ("linux", "Install PortAudio with the system's package manager"),
        ("macos", "Run `python3 -m pip install --force-reinstall sounddevice`"),
        ("windows", "Run `python3 -m pip install --force-reinstall sounddevice`"),
    ],
)
def test_portaudio_is_installed_as_each_system_does(system, remedy):
    assert doctor.portaudio_missing(system, "python3").remedy == remedy


@pytest.mark.parametrize(
    ("system", "remedy"),
    [
        ("debian", "Run `sudo apt install --reinstall libasound2-data`"),
        ("fedora", "Run `sudo dnf reinstall alsa-lib`"),
        ("arch", "Run `sudo pacman -S alsa-lib`"),
        ("linux", "Reinstall alsa-lib with the system's package manager"),
    ],
)
def test_a_broken_alsa_is_repaired_as_each_system_does(system, remedy):
    assert doctor.portaudio_crashes(system, "python3").line() == (
        "missing: microphone: the sound library PortAudio crashes while it looks for devices "
        f"-> {remedy}, and unset ALSA_CONFIG_PATH where it is set"
    )


@pytest.mark.parametrize(
    ("system", "settings"),
    [
        (
            "debian",
            "If the sound settings show one, run `sudo apt install libasound2-plugins`",
        ),
        (
            "fedora",
            "If the sound settings show one, run `sudo dnf install alsa-plugins-pulseaudio`",
        ),
        ("arch", "If the sound settings show one, run `sudo pacman -S alsa-plugins`"),
        ("linux", "If the sound settings show one, install ALSA's plugin for PulseAudio"),
        ("macos", "If System Settings > Sound shows one, restart the terminal program"),
        ("windows", "If Settings > System > Sound shows one, see that it is enabled there"),
    ],
)
def test_a_missing_microphone_is_looked_for_where_each_system_shows_it(system, settings):
    assert doctor.device_absent("microphone", system).line() == (
        f"missing: microphone: there is no microphone -> Plug one in. {settings}. "
        "Or rehearse on recorded answers: --answers DIR"
    )
