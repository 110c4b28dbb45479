from datetime import date

from rehearse.progress.plan import Activity, Plan, Section
from rehearse.report.plan import as_text


def test_a_plan_says_what_why_and_how():
    part = Section("task", "3 days ago: 6 s over", is_new=False, recall=0.8)
    activity = Activity("late-order", "steps", (part,), 60.0, "rehearse run late-order --only task")

    assert as_text(Plan(10, 60.0, (activity,), None)) == (
        "Today, about 1 min:\n"
        "\n"
        "1. late-order: task (1 min)\n"
        "   - task: 3 days ago: 6 s over\n"
        "   rehearse run late-order --only task"
    )


def test_where_nothing_is_due_the_next_day_is_named():
    assert as_text(Plan(10, 0.0, (), date(2026, 3, 2))) == (
        "Nothing is due today.\n"
        "Next: Monday, 2026-03-02. `rehearse list` shows what there is meanwhile."
    )
