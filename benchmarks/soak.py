"""A long recording while every core is busy: is a sample lost, does memory grow?

    python -m benchmarks.soak [MINUTES]

A counting signal is played into a virtual microphone (see tests/virtual_card.py) and recorded.
Every sample has the number after the one before, so what is missing in the take is known exactly,
whatever the recording says of itself.
"""

import argparse
import os
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np
from tests.virtual_card import VirtualCard

from rehearse.adapters.sound_card import Microphone, rescan
from rehearse.recording import RATE_HZ, Moment

PERIOD = 32_767
COUNT = np.arange(1, PERIOD + 1, dtype=np.int16)
"""Zero is left out: it is what the sound card plays where the player, not we, comes too late."""
WARM_UP_S = 5.0


class Soak(msgspec.Struct, frozen=True):
    recorded_s: float
    lost_samples: int
    """Missing between two neighbours in the take."""
    silent_samples: int
    """Played too late, and so recorded as silence."""
    told_lost_samples: int
    """What the recording said of itself."""
    longest_wait_s: float
    """Between two moments."""
    cpu_share: float
    """Of one core, for recording and playing the signal."""
    memory_start_mb: float
    memory_end_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("minutes", type=float, nargs="?", default=30.0)
    minutes = parser.parse_args().minutes
    with TemporaryDirectory(prefix="soak-") as folder:
        card = VirtualCard(Path(folder))
        os.environ.update(card.environment)
        with card.running(), busy_cores():
            rescan()
            result = soak(card, Path(folder) / "take.wav", 60 * minutes)
    for name, value in msgspec.structs.asdict(result).items():
        print(f"{name:18} {value:,.3f}" if isinstance(value, float) else f"{name:18} {value:,}")


def soak(card: VirtualCard, take: Path, seconds: float) -> Soak:
    signal = repeat(COUNT.tobytes(), 2 + round(seconds * RATE_HZ / PERIOD))
    with card.speak_samples(*signal) as playing:
        recording = Microphone("microphone").record("soak", take)
        moment = next(moment for moment in recording if moment.elapsed_s >= WARM_UP_S)
        memory_start_mb, cpu_start_s, began_s = memory_mb(), time.process_time(), time.monotonic()
        longest_wait_s = 0.0
        for moment, wait_s in waits(recording):
            longest_wait_s = max(longest_wait_s, wait_s)
            if moment.elapsed_s >= seconds:
                break
        cpu_share = (time.process_time() - cpu_start_s) / (time.monotonic() - began_s)
        memory_end_mb = memory_mb()
        recording.close()
        playing.terminate()
    recorded, lost, silent = examined(take)
    return Soak(
        recorded_s=recorded / RATE_HZ,
        lost_samples=lost,
        silent_samples=silent,
        told_lost_samples=moment.lost_samples,
        longest_wait_s=longest_wait_s,
        cpu_share=cpu_share,
        memory_start_mb=memory_start_mb,
        memory_end_mb=memory_end_mb,
    )


@contextmanager
def busy_cores() -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(os.cpu_count() or 1):
            worker = stack.enter_context(
                subprocess.Popen([sys.executable, "-c", "while True: pass"])
            )
            stack.callback(worker.kill)
        yield


def waits(moments: Iterator[Moment]) -> Iterator[tuple[Moment, float]]:
    """Each moment with the seconds since the one before."""
    before_s = time.monotonic()
    for moment in moments:
        now_s = time.monotonic()
        yield moment, now_s - before_s
        before_s = now_s


def examined(take: Path) -> tuple[int, int, int]:
    """How many samples there are, how many are missing, and how many are silent in between."""
    with wave.open(str(take), "rb") as opened:
        samples = np.frombuffer(opened.readframes(opened.getnframes()), np.int16)
    counted = np.flatnonzero(samples)
    values = samples[counted].astype(np.int32)
    missing = (np.diff(values) - 1) % PERIOD
    silent = counted[-1] - counted[0] + 1 - len(counted)
    return len(samples), int(missing.sum()), int(silent)


def memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
