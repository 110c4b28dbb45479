"""How long the page of a three-minute session takes to build, and how large it is without sound.

    python benchmarks/page.py [--rounds N]

The first page pays for reading the templates, as every command does; the rounds after it do not. The ratio is against
reading the session's own JSON a hundred times in the same run, so that it holds on any machine.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import msgspec

from rehearse.session import Session, from_json, to_json

KEPT = Path(__file__).parent.parent / "tests" / "data" / "sessions" / "schema-1.json"
LENGTH_S = 180.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed and size of a session's page.")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    rounds = parser.parse_args().rounds
    session = _three_minutes(from_json(KEPT.read_bytes(), str(KEPT)))
    data = to_json(session)
    begin = perf_counter()
    from rehearse.report.page import render

    html = render(session)
    first_s = perf_counter() - begin
    later_s = min(_timed(lambda: render(session)) for _ in range(rounds))
    read_s = min(_timed(lambda: [from_json(data, "") for _ in range(100)]) for _ in range(rounds))
    spoken_s = sum(section.spoken_s or 0.0 for section in session.sections)
    print(f"{spoken_s:.0f} s spoken, {session.checked.words} words")
    print(f"page: {len(html.encode()) / 1e3:.0f} kB without sound")
    print(f"built: {first_s:.3f} s with all that is imported, then {later_s:.3f} s")
    print(f"against reading its JSON 100 times: {later_s / read_s:.1f} x")


def _three_minutes(session: Session) -> Session:
    """The sections once more, until three minutes are told."""
    sections = list(session.sections)
    while sum(section.spoken_s or 0.0 for section in sections) < LENGTH_S:
        sections += session.sections
    words = sum(len(section.transcript.words) for section in sections)
    checked = msgspec.structs.replace(session.checked, words=words)
    return msgspec.structs.replace(session, sections=tuple(sections), checked=checked)


def _timed(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


if __name__ == "__main__":
    main()
