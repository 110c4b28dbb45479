"""Two sessions side by side in words."""

from rehearse.progress.comparison import Comparison
from rehearse.report.comparison import unmatched


def test_what_stands_alone_is_listed_and_a_question_ends_with_its_own_mark():
    comparison = Comparison("monday", "friday", (), ("task", "How did you count?"), ("result",))

    assert [*unmatched(comparison)] == [
        "Nothing was told in both.",
        "Only in monday: task; How did you count?",
        "Only in friday: result.",
    ]
