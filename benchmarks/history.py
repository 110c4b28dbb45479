"""How long `rehearse history` and `plan` take over many sessions, beside `rehearse --help`.

    python benchmarks/history.py [--sessions 10000] [--runs 5]

The sessions are made up: five judged steps each, with words and times as long as real ones. The aim
is an answer within a second of the time that `--help` takes, once there is an index.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rehearse import __version__
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import Section, judge_section
from rehearse.interview import step_prompts
from rehearse.session import SessionInfo, sum_up, to_json
from rehearse.shelves import scenario_library
from rehearse.transcript import Hearing, Span, Transcript, Word

AIM_S = 1.0
SECONDS_PER_WORD = 0.4
FEW = 50
"""So many different sessions are judged; the others are copies with another day."""
SAID = (
    "I, um, noticed that 0.3 percent of our webhooks were dropped without an alert. "
    "We fixed it together with the team and I think the result was good. "
)


def main() -> None:
    parser = argparse.ArgumentParser(description="History and plan over many sessions.")
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        make_sessions(Path(home) / "sessions", options.sessions)
        report(home, options.sessions, options.runs)


def make_sessions(root: Path, number: int) -> None:
    scenario = scenario_library().find("webhook-drop")
    prompts = step_prompts(scenario)
    rules = load_rules()
    told = [
        [
            judge_section(prompt, spoken(20 + turn, part), rules)
            for part, prompt in enumerate(prompts)
        ]
        for turn in range(FEW)
    ]
    last = datetime.now(UTC)
    for turn in range(number):
        began = last - timedelta(hours=3 * turn)
        keep(root, f"{began:%Y%m%d-%H%M%S}-{scenario.name}", began, told[turn % FEW])


def keep(root: Path, session_id: str, began: datetime, told: list[Section]) -> None:
    info = SessionInfo(
        id=session_id,
        scenario="webhook-drop",
        mode="steps",
        started_at=began,
        model="base",
        rehearse_version=__version__,
    )
    folder = root / session_id
    (folder / "takes").mkdir(parents=True)
    session = sum_up(info, told, load_rules())
    (folder / "session.json").write_bytes(to_json(session))


def spoken(words: int, part: int) -> Hearing:
    """An answer as if it had been told, evenly."""
    texts = (SAID.split() * 20)[part : part + words * 3]
    times_s = [round(1 + place * SECONDS_PER_WORD, 2) for place in range(len(texts))]
    said = tuple(
        Word(text, at_s, round(at_s + 0.3, 2), 0.9)
        for text, at_s in zip(texts, times_s, strict=True)
    )
    speech = (Span(said[0].start_s or 0.0, said[-1].end_s or 0.0),)
    return Hearing(Transcript(said), speech, times_s[-1] + 2)


def report(home: str, sessions: int, runs: int) -> None:
    root = Path(home) / "sessions"
    size_bytes = (next(root.iterdir()) / "session.json").stat().st_size
    print(f"{sessions} sessions of about {size_bytes / 1000:.0f} kB each.\n")
    first_s = seconds("history", home)
    index_bytes = (root / "index.jsonl").stat().st_size
    print(f"The index ({index_bytes / 1e6:.1f} MB) was made in {first_s:.1f} s. From then on:\n")
    commands = ("--help", "history", "history --json", "plan", "list")
    rounds = [[seconds(command, home) for command in commands] for _ in range(runs)]
    medians_s = [median(each) for each in zip(*rounds, strict=True)]
    print(f"| command | median | longer than --help (aim: at most {AIM_S:g} s) |")
    print("|---|---:|---:|")
    for command, median_s in zip(commands, medians_s, strict=True):
        print(f"| `rehearse {command}` | {median_s:.2f} s | {median_s - medians_s[0]:.2f} s |")


def seconds(command: str, home: str) -> float:
    rehearse = shutil.which("rehearse", path=str(Path(sys.executable).parent))
    if rehearse is None:
        sys.exit("rehearse is not installed beside this Python: run `pip install -e .`")
    began_s = time.perf_counter()
    subprocess.run(
        [rehearse, *command.split()],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"REHEARSE_HOME": home},
    )
    return time.perf_counter() - began_s


if __name__ == "__main__":
    main()
