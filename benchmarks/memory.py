"""How much memory a live rehearsal takes at its peak, all its processes together.

    python -m benchmarks.memory [--model base] [--minutes 3]

The rehearsal is that of benchmarks/latency.py. Ten times a second the proportional set sizes (PSS, from
/proc/*/smaps_rollup) of the program and of everything it has started are added: what they share counts
once. Only on Linux.
"""

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from benchmarks.latency import rehearse
from tests.virtual_card import VirtualCard

from rehearse import places

EVERY_S = 0.1
_OURS = b"rehearse"


class Peak:
    mb = 0.0


@contextmanager
def watched() -> Iterator[Peak]:
    """The peak of this program's rehearsals, while this lasts."""
    peak, is_over = Peak(), Event()

    def watch() -> None:
        while not is_over.wait(EVERY_S):
            peak.mb = max(peak.mb, sum(pss_mb(process) for process in rehearsing(os.getpid())))

    watching = Thread(target=watch)
    watching.start()
    try:
        yield peak
    finally:
        is_over.set()
        watching.join()


def rehearsing(parent: int) -> Iterator[int]:
    """The rehearsals that this process has started, and what they have started."""
    for child in children(parent):
        if _OURS in _read(child, "cmdline"):
            yield from family(child)


def family(process: int) -> Iterator[int]:
    yield process
    for child in children(process):
        yield from family(child)


def children(process: int) -> Iterator[int]:
    for thread in Path(f"/proc/{process}/task").glob("*"):
        yield from map(int, _read(process, f"task/{thread.name}/children").split())


def pss_mb(process: int) -> float:
    for line in _read(process, "smaps_rollup").splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) / 1000
    return 0.0


def _read(process: int, name: str) -> bytes:
    """Empty where the process has ended."""
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def main() -> None:
    parser = argparse.ArgumentParser(description="Peak memory of a live rehearsal.")
    parser.add_argument("--model", default="base")
    parser.add_argument("--minutes", type=float, default=3.0)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="memory-") as folder:
        card = VirtualCard(Path(folder))
        with card.running(), watched() as peak:
            began_s = time.monotonic()
            rehearse(card, Path(folder) / "home", places.models() / options.model, options.minutes)
            took_s = time.monotonic() - began_s
    print(f"{options.model}: {peak.mb:.0f} MB at the peak (PSS, all processes, {took_s:.0f} s)")


if __name__ == "__main__":
    main()
