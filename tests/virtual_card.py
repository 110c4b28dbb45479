"""A sound card without hardware: a PulseAudio of the tests' own, which touches nothing of the user's.

It has a loudspeaker; a microphone, which hears what is played into the candidate's mouth; and a
second microphone, in the room, which hears the loudspeaker. Nothing in between changes a sample: at
their own rates (16 kHz mono at the mouth, 48 kHz stereo at the loudspeaker) sound arrives bit for bit.
"""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from rehearse.adapters.sound_card import input_devices, rescan
from rehearse.errors import MissingError

MOUTH_HZ = 16_000
LOUDSPEAKER_HZ = 48_000
_PROGRAMS = ("pulseaudio", "pactl", "paplay", "pacat", "parec")
_INSTALL = "apt install libportaudio2 pulseaudio pulseaudio-utils libasound2-plugins"
_STARTING_S = 10.0

# Without rewinds a null sink works in steps of 50 ms, as hardware does, and not of two seconds.
_DEVICES = (
    "module-null-sink sink_name=loudspeaker format=s16le rate=48000 channels=2 norewinds=1",
    "module-null-sink sink_name=mouth format=s16le rate=16000 channels=1 norewinds=1",
    "module-remap-source source_name=microphone master=mouth.monitor",
)
_ALSA = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.microphone { type pulse device microphone hint { show on description "candidate" } }
pcm.room { type pulse device loudspeaker.monitor hint { show on description "room" } }
pcm.loudspeaker { type pulse device loudspeaker hint { show on description "interviewer" } }
"""


class VirtualCard:
    def __init__(self, folder: Path) -> None:
        self.alsa_config = folder / "asound.conf"
        self.alsa_config.write_text(_ALSA)
        self._script = folder / "nothing.pa"
        self._script.write_text(f"load-module module-native-protocol-unix socket={folder}/native\n")
        (folder / "client.conf").touch()
        self.environment = {
            "ALSA_CONFIG_PATH": str(self.alsa_config),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_SERVER": f"unix:{folder}/native",
            "PULSE_STATE_PATH": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
        }

    @contextmanager
    def running(self):
        command = ["pulseaudio", "-n", "-F", str(self._script), "--daemonize=no"]
        command += ["--exit-idle-time=-1", "--use-pid-file=no", "--log-target=stderr"]
        with subprocess.Popen(
            command, env=os.environ | self.environment, stderr=subprocess.DEVNULL
        ) as server:
            try:
                self._wait_for_server()
                self.plug_in()
                yield self
            finally:
                server.terminate()

    def plug_in(self):
        for device in _DEVICES:
            self.control("load-module", *device.split())
        self.control("set-default-sink", "loudspeaker")
        self.control("set-default-source", "microphone")

    def unplug(self):
        """Every device goes: were one left, the server would hand it to whoever lost his."""
        for module in ("module-remap-source", "module-null-sink"):
            self.control("unload-module", module)

    def control(self, *arguments):
        command = ["pactl", *arguments]
        environment = os.environ | self.environment
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def speak(self, wav):
        """Begins to say a WAV file into the microphone."""
        return self._started("paplay", "--device=mouth", "--latency-msec=200", str(wav))

    def speak_samples(self, *blocks):
        """Begins to say blocks of 16-bit samples at MOUTH_HZ, bit for bit."""
        playing = self._started(
            *("pacat", "--raw", "--device=mouth", "--latency-msec=500"),
            *("--format=s16le", f"--rate={MOUTH_HZ}", "--channels=1"),
            stdin=subprocess.PIPE,
        )
        Thread(target=_feed, args=(playing.stdin, blocks), daemon=True).start()
        return playing

    @contextmanager
    def ear(self):
        """Hears the loudspeaker; yields an Ear."""
        recording = self._started(
            *("parec", "--raw", "--device=loudspeaker.monitor", "--latency-msec=10"),
            *("--format=s16le", f"--rate={LOUDSPEAKER_HZ}", "--channels=2"),
            stdout=subprocess.PIPE,
        )
        ear = Ear(recording.stdout)
        try:
            ear.wait_for_sound_card()
            yield ear
        finally:
            recording.terminate()
            recording.wait()
            ear.close()

    def _started(self, *command, **pipes):
        return subprocess.Popen(command, env=os.environ | self.environment, **pipes)

    def _wait_for_server(self):
        give_up_s = time.monotonic() + _STARTING_S
        while True:
            try:
                self.control("info")
            except subprocess.CalledProcessError:
                if time.monotonic() > give_up_s:
                    raise
                time.sleep(0.1)
            else:
                return


class Ear:
    """What came out of the loudspeaker, and when."""

    def __init__(self, pipe):
        self._pipe = pipe
        self._blocks = []
        self._listening = Thread(target=self._listen, daemon=True)
        self._listening.start()

    def wait_for_sound_card(self):
        while not self._blocks:
            time.sleep(0.01)

    def close(self):
        self._listening.join()
        self._pipe.close()

    @property
    def frames(self):
        """All that was heard, one row for each sample of both channels."""
        data = b"".join(block for _, block in self._blocks)
        return np.frombuffer(data[: len(data) // 4 * 4], np.int16).reshape(-1, 2)

    @property
    def sound_at_s(self):
        """When the first and the last block with a sound in it were heard (time.monotonic)."""
        times = [at_s for at_s, block in self._blocks if any(block)]
        return times[0], times[-1]

    def sounds_at_s(self, apart_s):
        """When each sound began that followed as much silence (time.monotonic)."""
        times = [at_s for at_s, block in self._blocks if any(block)]
        starts = zip([0.0, *times], times, strict=False)
        return [at_s for before_s, at_s in starts if at_s - before_s > apart_s]

    def _listen(self):
        while block := self._pipe.read1(4096):
            self._blocks.append((time.monotonic(), block))


@pytest.fixture(scope="session")
def virtual_card():
    """The sound card of this process while the tests run."""
    missing = [program for program in _PROGRAMS if not shutil.which(program)]
    if missing:
        pytest.skip(f"there is no {missing[0]} for a virtual sound card: {_INSTALL}")
    with (
        tempfile.TemporaryDirectory(prefix="card-") as folder,
        pytest.MonkeyPatch.context() as process,
    ):
        card = VirtualCard(Path(folder))
        for name, value in card.environment.items():
            process.setenv(name, value)
        with card.running():
            try:
                rescan()
            except MissingError as error:
                pytest.skip(str(error))
            if "microphone" not in [device.name for device in input_devices()]:
                pytest.skip(f"ALSA does not know PulseAudio here: {_INSTALL}")
            yield card


def _feed(pipe, blocks):
    try:
        with pipe:
            pipe.writelines(blocks)
    except BrokenPipeError:
        pass  # the test was over before the speech was
