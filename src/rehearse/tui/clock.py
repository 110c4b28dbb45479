"""The one thing to look at while speaking: how long, and whether that is still well."""

from typing import Literal

import msgspec

from rehearse.interview import SOON_SHARE

Phase = Literal["calm", "soon", "over", "limit"]


class ClockFace(msgspec.Struct, frozen=True):
    """What the clock shows; the words say what the colour says."""

    time: str
    words: str
    phase: Phase


def face(elapsed_s: float, target_s: float | None, limit_s: float | None) -> ClockFace:
    """The clock at this moment of an answer."""
    minutes, seconds = divmod(int(elapsed_s), 60)
    time = f"{minutes}:{seconds:02d}"
    if target_s is None:
        return ClockFace(time, "no target", "calm")
    if limit_s is not None and elapsed_s >= limit_s:
        return ClockFace(time, f"past the limit of {limit_s:.0f} s: finish your sentence", "limit")
    if elapsed_s >= target_s:
        return ClockFace(
            time, f"{elapsed_s - target_s:.0f} s over the target: come to a close", "over"
        )
    left_s = target_s - elapsed_s
    if elapsed_s >= target_s * SOON_SHARE:
        return ClockFace(time, f"{left_s:.0f} s left", "soon")
    return ClockFace(time, f"of {target_s:.0f} s", "calm")
