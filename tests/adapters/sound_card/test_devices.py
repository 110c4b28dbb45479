"""Choosing a device, and what is said where it is not there."""

import os
import subprocess
import sys

import pytest

from rehearse.adapters.sound_card import (
    Device,
    Loudspeaker,
    Microphone,
    find_input,
    find_output,
    input_devices,
    output_devices,
    rescan,
)
from rehearse.errors import MissingError

pytestmark = pytest.mark.usefixtures("virtual_card")


def numbered(devices):
    return ", ".join(f"{device.index} {device.name}" for device in devices)


def said_by(program, **environment):
    """What a new process prints, with sound devices of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip() + done.stderr


FIND = """
from rehearse.adapters.sound_card import find_input, find_output
from rehearse.errors import MissingError
try:
    {call}
except MissingError as error:
    print(error)
"""


def test_a_device_is_what_the_sound_card_says_of_it():
    (microphone,) = [device for device in input_devices() if device.name == "microphone"]
    assert microphone == Device(
        name="microphone", index=microphone.index, is_default=False, rate_hz=44_100, channels=32
    )


def test_one_device_is_the_default_and_is_taken_where_none_is_named():
    assert [device for device in input_devices() if device.is_default] == [find_input(None)]
    assert [device for device in output_devices() if device.is_default] == [find_output(None)]


@pytest.mark.parametrize("wanted", ["microphone", "MicroPhone", "microph"])
def test_a_microphone_is_found_by_its_name_or_a_part_of_it(wanted):
    assert find_input(wanted).name == "microphone"


def test_a_loudspeaker_is_found_by_its_number():
    (loudspeaker,) = [device for device in output_devices() if device.name == "loudspeaker"]
    assert find_output(str(loudspeaker.index)) == loudspeaker


def test_an_unknown_microphone_is_answered_with_those_there_are():
    with pytest.raises(MissingError) as error:
        Microphone("headset")
    assert str(error.value) == (
        f'"headset" fits no microphone. These are there: {numbered(input_devices())}. '
        "Give a number or a name from this list to `--input-device`."
    )


def test_a_name_that_fits_several_loudspeakers_is_answered_with_all_of_them():
    with pytest.raises(MissingError) as error:
        Loudspeaker("o")
    assert str(error.value) == (
        f'"o" fits more than one loudspeaker. These are there: {numbered(output_devices())}. '
        "Give a number or a name from this list to `--output-device`."
    )


def test_a_new_device_is_there_after_a_rescan(virtual_card):
    before = virtual_card.alsa_config.read_text()
    headset = "pcm.headset { type pulse device microphone hint { show on description new } }\n"
    try:
        virtual_card.alsa_config.write_text(before + headset)
        rescan()
        assert find_input("headset").name == "headset"
    finally:
        virtual_card.alsa_config.write_text(before)
        rescan()
    with pytest.raises(MissingError):
        find_input("headset")


def test_a_machine_without_devices_says_what_can_be_done_instead():
    environment = {"PULSE_SERVER": "unix:/nowhere"}
    assert said_by(FIND.format(call="find_input(None)"), **environment) == (
        "There is no microphone. Plug one in and try again, or use recorded answers in its place: "
        "`--answers DIR`."
    )
    assert said_by(FIND.format(call="find_output(None)"), **environment) == (
        "There is no loudspeaker and there are no headphones. Plug some in and try again, or read "
        "the questions instead: `--voice none`."
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PortAudio comes with sounddevice")
def test_a_machine_without_portaudio_says_what_to_install():
    without_library = "import ctypes.util; ctypes.util.find_library = lambda name: None\n"
    assert said_by(without_library + FIND.format(call="find_input(None)")) == (
        "Sound needs the PortAudio library, which is not installed. Run one of these: "
        "`sudo apt install libportaudio2` (Debian, Ubuntu), `sudo dnf install portaudio` "
        "(Fedora), `sudo pacman -S portaudio` (Arch)."
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has ALSA")
@pytest.mark.parametrize("configuration", ["", "no { configuration"], ids=["empty", "damaged"])
def test_a_machine_whose_alsa_is_broken_is_told_instead_of_aborted(tmp_path, configuration):
    file = tmp_path / "asound.conf"
    file.write_text(configuration)
    said = said_by(FIND.format(call="find_input(None)"), ALSA_CONFIG_PATH=str(file))
    assert said == (
        "Sound does not work on this machine: ALSA does not find its own configuration. Unset "
        "ALSA_CONFIG_PATH where it is set, or install ALSA's files again (Debian, Ubuntu: "
        "`sudo apt install --reinstall libasound2-data`). Recorded answers work without: "
        "`--answers DIR`."
    )


def test_importing_the_package_does_not_load_portaudio():
    program = "import sys, rehearse.adapters.sound_card; print('sounddevice' in sys.modules)"
    assert said_by(program) == "False"


def test_a_device_that_refuses_is_named_without_the_libraries_noise(virtual_card):
    call = 'next(Microphone("microphone").record("situation", Path("never.wav")))'
    program = FIND.replace("import find", "import Microphone, find").format(call=call)
    virtual_card.unplug()
    try:
        said = said_by("from pathlib import Path\n" + program)
    finally:
        virtual_card.plug_in()
    assert said == (
        'The microphone "microphone" cannot be opened: Input/output error. It may be in use by '
        "another program, or unplugged: free it, or choose another with `--input-device`."
    )
