"""From Enter on `rehearse run` to the first sample of speech from the loudspeaker.

    python -m benchmarks.first_prompt [RUNS]

Measured on the tests' virtual sound card, with the question's sound already in the cache, as on every
run but a scenario's first. Aim: under 1 s.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.live import SCENARIO, LiveRehearsal
from tests.virtual_card import VirtualCard


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory(prefix="first-") as folder:
        scenario = Path(folder) / "lost-parcels.yaml"
        scenario.write_text(SCENARIO)
        card = VirtualCard(Path(folder))
        with card.running():
            for voice in ("system", "piper"):
                waits_s = [_wait_s(card, Path(folder), scenario, voice) for _ in range(runs + 1)]
                counted = sorted(waits_s[1:])
                print(
                    f"{voice}: first run {waits_s[0]:.2f} s; cached: "
                    f"median {statistics.median(counted):.2f} s, worst {counted[-1]:.2f} s"
                )


def _wait_s(card: VirtualCard, folder: Path, scenario: Path, voice: str) -> float:
    with card.ear() as ear:
        began_s = time.monotonic()
        rehearsal = LiveRehearsal(
            card,
            folder / "home",
            "run",
            scenario,
            "--plain",
            "--voice",
            voice,
            "--model",
            "tiny.en",
        )
        rehearsal.wait_for("recording: situation")
        rehearsal.close()
    return ear.sound_at_s[0] - began_s


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
