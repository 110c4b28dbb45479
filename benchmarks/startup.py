"""How long the program takes to start, as a multiple of Python's own start.

    python benchmarks/startup.py [--runs 15]

The commands take turns, so that whatever else the machine does slows all of them alike; what counts
is the ratio of the medians. The home is an empty one.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

BARE = "python -c pass"
AIMS = {"rehearse --help": 6.0, "rehearse list": 10.0}


def seconds(command: list[str], home: str) -> float:
    began_s = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"REHEARSE_HOME": home},
    )
    return time.perf_counter() - began_s


def measure(runs: int) -> dict[str, float]:
    """The median seconds of each command; one more round, not counted, fills the disk cache."""
    rehearse = shutil.which("rehearse", path=str(Path(sys.executable).parent))
    if rehearse is None:
        sys.exit("rehearse is not installed beside this Python: run `pip install -e .`")
    commands = {BARE: [sys.executable, "-c", "pass"]}
    commands |= {name: [rehearse, name.split()[1]] for name in AIMS}
    times_s: dict[str, list[float]] = {name: [] for name in commands}
    with TemporaryDirectory() as home:
        for _ in range(runs + 1):
            for name, command in commands.items():
                times_s[name].append(seconds(command, home))
    return {name: median(each[1:]) for name, each in times_s.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Start of the program beside Python's own.")
    parser.add_argument("--runs", type=int, default=15)
    medians_s = measure(parser.parse_args().runs)
    print("| command | median | ratio | aim: at most |")
    print("|---|---:|---:|---:|")
    for name, median_s in medians_s.items():
        aim = f"{AIMS[name]:g}" if name in AIMS else ""
        ratio = median_s / medians_s[BARE]
        print(f"| `{name}` | {median_s * 1000:.0f} ms | {ratio:.1f} | {aim} |")


if __name__ == "__main__":
    main()
