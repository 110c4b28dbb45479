"""Counts the sound that never arrived."""

_WINDOW_S = 1.0
_WINDOW_BLOCKS = 20
_TOLERANCE_S = 0.05


class LossCounter:
    """Compares the sound that came with the time that passed.

    Blocks may come late, in bursts, after seconds of a busy machine: nothing is lost as long as
    they catch up. What counts is the smallest lag of each window of about a second; where that
    steps up, so much sound is missing, and where it steps down again, it was late after all. A
    sound card whose clock is a little off moves it too slowly to count.
    """

    def __init__(self) -> None:
        self._heard_s = 0.0
        self._lost_s = 0.0
        self._overflows = 0
        self._usual_lag_s: float | None = None
        self._window: list[tuple[float, float]] = []

    def arrived(self, at_s: float, duration_s: float, *, overflowed: bool) -> None:
        """A block of sound came at this time of a steady clock; `overflowed` is what the sound
        card says of itself.
        """
        self._heard_s += duration_s
        self._overflows += overflowed
        self._window.append((at_s, at_s - self._heard_s))
        if len(self._window) >= _WINDOW_BLOCKS and at_s - self._window[0][0] >= _WINDOW_S:
            self._settle(min(lag_s for _, lag_s in self._window))
            self._window.clear()

    def lost_samples(self, rate_hz: int) -> int:
        """At least one for each overflow that the sound card told of."""
        return max(round(self._lost_s * rate_hz), self._overflows)

    def _settle(self, lag_s: float) -> None:
        if self._usual_lag_s is not None and abs(lag_s - self._usual_lag_s) > _TOLERANCE_S:
            self._lost_s = max(0.0, self._lost_s + lag_s - self._usual_lag_s)
        self._usual_lag_s = lag_s
