"""What is done together, with a computation of our own in the model's place."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from rehearse.adapters.whisper.batches import Batches


@pytest.fixture
def gathered():
    """What three threads got that asked while the only worker was busy, and what was done for them."""

    def gather(do, items):
        done, is_free = [], Event()

        def watched(kind, items):
            done.append((kind, sorted(items)))
            return do(items)

        with ThreadPoolExecutor(1) as worker, ThreadPoolExecutor(len(items)) as threads:
            batches = Batches(worker, watched, at_most=2)
            worker.submit(is_free.wait)
            asked = [threads.submit(batches.result, kind, item) for kind, item in items]
            while worker._work_queue.qsize() < len(items):
                pass
            is_free.set()
        return asked, done

    return gather


def test_what_is_alike_is_done_together_and_everybody_gets_his_own(gathered):
    asked, done = gathered(
        lambda items: [item * 10 for item in items], [("a", 1), ("b", 2), ("a", 3), ("a", 4)]
    )

    assert [each.result() for each in asked] == [10, 20, 30, 40]
    assert sorted(len(items) for _, items in done) == [1, 1, 2]
    assert {kind for kind, _ in done} == {"a", "b"}


def test_everybody_learns_what_went_wrong(gathered):
    def fail(items):
        raise ValueError(len(items))

    asked, _ = gathered(fail, [("a", 1), ("a", 2)])

    assert [str(each.exception()) for each in asked] == ["2", "2"]
