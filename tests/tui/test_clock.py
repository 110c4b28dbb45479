import pytest

from rehearse.tui.clock import ClockFace, face


@pytest.mark.parametrize(
    ("elapsed_s", "shown"),
    [
        (0.0, ClockFace("0:00", "of 30 s", "calm")),
        (23.9, ClockFace("0:23", "of 30 s", "calm")),
        (24.0, ClockFace("0:24", "6 s left", "soon")),
        (30.0, ClockFace("0:30", "0 s over the target: come to a close", "over")),
        (44.0, ClockFace("0:44", "14 s over the target: come to a close", "over")),
        (75.0, ClockFace("1:15", "past the limit of 45 s: finish your sentence", "limit")),
    ],
)
def test_the_clock_changes_at_eighty_percent_at_the_target_and_at_the_limit(elapsed_s, shown):
    assert face(elapsed_s, 30.0, 45.0) == shown


def test_without_a_target_the_clock_only_counts():
    assert face(61.0, None, None) == ClockFace("1:01", "no target", "calm")
