"""Things alike that several threads want at the same time, done in one go."""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Executor, Future
from threading import Lock
from typing import Generic, TypeVar

Kind = TypeVar("Kind", bound=Hashable)
Item = TypeVar("Item")
Result = TypeVar("Result")


class Batches(Generic[Kind, Item, Result]):
    """Does items of one kind together: those that gathered while `workers` were busy, at most so
    many. Nobody waits for others to come.
    """

    def __init__(
        self,
        workers: Executor,
        do: Callable[[Kind, Sequence[Item]], Sequence[Result]],
        at_most: int,
    ) -> None:
        self._workers = workers
        self._do = do
        self._at_most = at_most
        self._waiting: list[tuple[Kind, Item, Future[Result]]] = []
        self._lock = Lock()

    def result(self, kind: Kind, item: Item) -> Result:
        """What `do` makes of this item; raises what it raises."""
        wanted: Future[Result] = Future()
        with self._lock:
            self._waiting.append((kind, item, wanted))
        self._workers.submit(self._do_some)
        return wanted.result()

    def _do_some(self) -> None:
        """The one that waits longest, and others like it; it may have been done with another."""
        with self._lock:
            alike = [each for each in self._waiting if each[0] == self._waiting[0][0]]
            batch = alike[: self._at_most]
            self._waiting = [each for each in self._waiting if each not in batch]
        if not batch:
            return
        kind, items = batch[0][0], [item for _, item, _ in batch]
        try:
            results = self._do(kind, items)
        except Exception as error:  # noqa: BLE001 - whoever waits is told
            for *_, wanted in batch:
                wanted.set_exception(error)
        else:
            for (*_, wanted), result in zip(batch, results, strict=True):
                wanted.set_result(result)
