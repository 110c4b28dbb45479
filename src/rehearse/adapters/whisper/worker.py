"""The transcription process: loads the model, then answers one line of JSON with another.

Run as `python -m rehearse.adapters.whisper.worker MODEL_FOLDER`; see `messages` for the lines.
"""

import os
import signal
import sys
import wave
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

import msgspec
import numpy as np

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.listening import Listening
from rehearse.adapters.whisper.messages import Failed, Heard, Listen, Progress, Ready, Reply
from rehearse.adapters.whisper.voice import Samples
from rehearse.errors import BadInputError
from rehearse.recording import RATE_HZ, SAMPLE_BYTES

_NICENESS = 5
# One thread is as fast as two for base and tiny.en (docs/accuracy.md), and leaves a core for recording.
_THREADS = 1


def main(model_path: str) -> None:
    replies = _claim_stdout()

    def send(reply: Reply) -> None:
        replies.write(msgspec.json.encode(reply) + b"\n")
        replies.flush()

    # Ctrl-C reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Recording and the first question come first.
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    requests = _requests()
    decoder = Decoder(Path(model_path), _THREADS)
    send(Ready())
    while True:
        request = msgspec.json.decode(requests.get(), type=Listen)
        try:
            samples = read_take(Path(request.take))
        except BadInputError as error:
            send(Failed(str(error)))
            continue
        except (OSError, EOFError, wave.Error, ValueError) as error:
            send(Failed(f"{request.take}: this take cannot be read ({error})."))
            continue
        listening = Listening(decoder, request.vocabulary)
        send(Heard(listening.finish(samples, lambda done: send(Progress(done)))))


def _requests() -> SimpleQueue[bytes]:
    """The lines of stdin. Where they end this process ends too, whatever it is doing: the parent is
    gone, killed perhaps, and nobody waits for an answer.
    """
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        # Unbuffered: no lock is held that Python would wait for where the model cannot be loaded.
        with open(0, "rb", buffering=0, closefd=False) as stdin:
            for line in stdin:
                lines.put(line)
        os._exit(0)

    Thread(target=read, daemon=True).start()
    return lines


def _claim_stdout() -> BinaryIO:
    """Stdout for our lines alone: whatever a library prints goes to stderr from now on."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def read_take(path: Path) -> Samples:
    """The samples of a take. Raises wave.Error, EOFError or ValueError where it is none, and
    BadInputError where its FLAC cannot be read.
    """
    if path.suffix == ".flac":
        return _as_floats(read_sound(path))
    with wave.open(str(path), "rb") as wav:
        if (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) != (1, 2, RATE_HZ):
            raise ValueError(f"not 16-bit mono at {RATE_HZ} Hz")
        return _as_floats(wav.readframes(wav.getnframes()))


def _as_floats(data: bytes) -> Samples:
    whole_samples = len(data) // SAMPLE_BYTES  # a copy may have been cut off anywhere
    return np.frombuffer(data, "<i2", whole_samples).astype(np.float32) / np.float32(32768)


if __name__ == "__main__":
    main(sys.argv[1])
