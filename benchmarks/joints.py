"""What an answer loses by being heard while it is spoken, and by the joints between its stretches.

    python -m benchmarks.joints FOLDER [--models base tiny.en] [--groups spontaneous read]

FOLDER is that of benchmarks/accuracy.py. Every recording of these groups is heard in four ways: from the finished
file; live, growing by a fifth of a second at a time as a take does on the disk, with whatever is due
decoded each time; and from the finished file with more joints than are ever made, one at every pause, and
one in the middle of a word every eight seconds. Words are compared as in accuracy.py, with the
reference and with what was heard from the finished file.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from unittest.mock import patch

from benchmarks.accuracy import Recording, normalize, recordings_in
from rapidfuzz.distance import Levenshtein

from rehearse import places
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import stretches
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.listening import Listening
from rehearse.adapters.whisper.voice import WINDOW_S, WINDOW_SAMPLES, Samples, samples_of
from rehearse.recording import RATE_HZ
from rehearse.transcript import Hearing

LOOK_SAMPLES = RATE_HZ // 5
JOINT_EVERY_S = 8
SHORT_PAUSE_S = 0.2

Way = Callable[[Decoder, Samples], Hearing]


def finished(decoder: Decoder, samples: Samples) -> Hearing:
    return Listening(decoder, ()).finish(samples, lambda _: None)


def live(decoder: Decoder, samples: Samples) -> Hearing:
    listening = Listening(decoder, ())
    for size in range(0, samples.size, LOOK_SAMPLES):
        while listening.follow(samples[:size]):
            time.sleep(0.01)
    return listening.finish(samples, lambda _: None)


def joints_at_pauses(decoder: Decoder, samples: Samples) -> Hearing:
    with patch.object(stretches, "_LONGEST_PAUSE", SHORT_PAUSE_S / WINDOW_S):
        return finished(decoder, samples)


def joints_in_words(decoder: Decoder, samples: Samples) -> Hearing:
    with (
        patch.object(stretches, "_LONGEST", round(JOINT_EVERY_S / WINDOW_S)),
        patch.object(stretches, "_quietest", loudest),
    ):
        return finished(decoder, samples)


def loudest(samples: Samples, first: int, last: int) -> int:
    sound = samples[first * WINDOW_SAMPLES : last * WINDOW_SAMPLES].reshape(-1, WINDOW_SAMPLES)
    return first + int((sound**2).sum(axis=1).argmax())


WAYS: dict[str, Way] = {
    "finished file": finished,
    "live": live,
    "joints at every pause": joints_at_pauses,
    f"joints in words, every {JOINT_EVERY_S} s": joints_in_words,
}


def words_of(text: str) -> list[str]:
    return normalize(text).split()


def edits(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> list[int]:
    """Words replaced, lost and put in."""
    kinds = [edit.tag for before, now in pairs for edit in Levenshtein.editops(before, now)]
    return [kinds.count(kind) for kind in ("replace", "delete", "insert")]


def print_table(model: str, recordings: list[Recording], heard: dict[str, list[Hearing]]) -> None:
    said = [words_of(recording.ref) for recording in recordings]
    before, *_ = heard.values()
    for way, hearings in heard.items():
        now = [words_of(hearing.transcript.text) for hearing in hearings]
        then = [words_of(hearing.transcript.text) for hearing in before]
        wrong = edits(zip(said, now, strict=True))
        changed = edits(zip(then, now, strict=True))
        differ = sum(one != other for one, other in zip(before, hearings, strict=True))
        rate = 100 * sum(wrong) / sum(map(len, said))
        cells = [f"{rate:.1f} % ({sum(wrong)})", wrong[1], *changed, differ]
        print(f"| {model}, {way} | {' | '.join(map(str, cells))} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="What hearing live and what joints cost.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", nargs="+", default=["base", "tiny.en"])
    parser.add_argument("--groups", nargs="+", default=["spontaneous", "elicited", "read"])
    options = parser.parse_args()
    recordings = recordings_in(options.folder, options.groups)
    sounds = [samples_of(read_sound(options.folder / recording.file)) for recording in recordings]
    print("| way | word error | lost | replaced | gone | put in | recordings that differ |")
    print("|---|" + "---:|" * 6)
    for model in options.models:
        decoder = Decoder(places.models() / model, at_once=2)
        heard = {name: [way(decoder, sound) for sound in sounds] for name, way in WAYS.items()}
        print_table(model, recordings, heard)


if __name__ == "__main__":
    main()
