"""Sound that never came is counted; sound that comes late is not."""

from rehearse.adapters.sound_card.losses import LossCounter

BLOCK_S = 0.05


def lost_after(arrivals):
    """Blocks of BLOCK_S, each with the time at which it arrived."""
    counter = LossCounter()
    for at_s in arrivals:
        counter.arrived(at_s, BLOCK_S, overflowed=False)
    return counter.lost_samples(16_000)


def steady(seconds, late_s=0.0, clock=1.0):
    return [BLOCK_S * number * clock + late_s for number in range(1, round(seconds / BLOCK_S) + 1)]


def test_a_steady_stream_loses_nothing():
    assert lost_after(steady(60)) == 0


def test_a_card_whose_clock_runs_slow_loses_nothing_in_an_hour():
    assert lost_after(steady(3600, clock=1.0003)) == 0


def test_ten_seconds_that_arrive_all_at_once_are_late_but_not_lost():
    on_time = steady(30)
    assert lost_after([at_s if not 10 < at_s < 20 else 20.0 for at_s in on_time]) == 0


def test_a_gap_is_counted_by_its_length():
    assert lost_after(steady(10) + [at_s + 10 for at_s in steady(10, late_s=0.5)]) == 8000


def test_two_gaps_add_up():
    first, second = steady(10, late_s=0.5), steady(10, late_s=0.75)
    arrivals = [*steady(10), *(at_s + 10 for at_s in first), *(at_s + 20 for at_s in second)]
    assert lost_after(arrivals) == 12_000


def test_sound_that_seemed_lost_and_came_after_all_is_not_counted():
    late = [at_s + 10 for at_s in steady(10, late_s=0.5)]
    assert lost_after([*steady(10), *late, *(at_s + 20 for at_s in steady(10))]) == 0


def test_an_overflow_that_the_sound_card_tells_of_is_at_least_one_sample():
    counter = LossCounter()
    counter.arrived(0.05, BLOCK_S, overflowed=False)
    counter.arrived(0.10, BLOCK_S, overflowed=True)
    assert counter.lost_samples(16_000) == 1
