"""What a child process is told by the process that started it."""

import os
from queue import SimpleQueue
from threading import Thread


def lines() -> SimpleQueue[bytes]:
    """The lines of stdin. Where they end this process ends too, whatever it is doing: the parent is
    gone, killed perhaps, and nobody waits for an answer.
    """
    told: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        # Unbuffered: no lock is held that Python would wait for where the model cannot be loaded.
        with open(0, "rb", buffering=0, closefd=False) as stdin:
            for line in stdin:
                told.put(line)
        os._exit(0)

    Thread(target=read, daemon=True).start()
    return told
