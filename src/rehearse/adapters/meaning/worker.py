"""The language model's process: answers each line of JSON with another; see `messages`.

Run as `python -m rehearse.adapters.meaning.worker MODEL_FOLDER`; it ends when its stdin does.
"""

import ctypes
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec
from sentencepiece import SentencePieceProcessor

from rehearse import from_parent
from rehearse.adapters.meaning.files import PIECES_FILE
from rehearse.adapters.meaning.messages import Indexes, Nearest, Odds, Request, Says
from rehearse.adapters.meaning.nearness import Nearness
from rehearse.adapters.meaning.reader import Reader

_NICENESS = 5
_AT_ONCE = min(os.cpu_count() or 1, 2)


def main(folder: str) -> None:
    # Ctrl-C reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Recording comes first.
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    requests = from_parent.lines()
    pieces = SentencePieceProcessor(model_file=str(Path(folder) / PIECES_FILE))
    reader, nearness = Reader(Path(folder), pieces), Nearness(Path(folder), pieces)
    _give_back_memory()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        while True:
            reply: Odds | Indexes
            match msgspec.json.decode(requests.get(), type=Request):
                case Says(pairs):
                    reply = tuple(threads.map(lambda pair: reader.says(*pair), pairs))
                case Nearest(phrases, sentences, at_most):
                    reply = nearness.nearest(phrases, sentences, at_most)
            sys.stdout.buffer.write(msgspec.json.encode(reply) + b"\n")
            sys.stdout.buffer.flush()


def _give_back_memory() -> None:
    """Loading leaves 100 MB behind that glibc would keep."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)


if __name__ == "__main__":
    main(sys.argv[1])
