"""Today's plan in words."""

from collections.abc import Iterator

from rehearse.printable import printable
from rehearse.progress.plan import Activity, Plan, Section
from rehearse.report.wording import duration


def as_text(plan: Plan) -> str:
    return printable("\n".join(_lines(plan)))


def today(activity: Activity) -> str:
    """An activity in one line: `webhook-drop: action, result (3 min)`."""
    if activity.kind == "probes":
        what = "follow-up questions"
    elif activity.kind == "whole":
        what = "the whole answer in one go"
    else:
        what = ", ".join(section.name for section in activity.sections)
    return f"{activity.scenario}: {what} ({_minutes(activity.seconds)})"


def _lines(plan: Plan) -> Iterator[str]:
    if not plan.activities:
        yield "Nothing is due today."
        if plan.next_due:
            yield f"Next: {plan.next_due:%A, %Y-%m-%d}. `rehearse list` shows what there is meanwhile."
        else:
            yield "There is no scenario yet. `rehearse list` shows where they are looked for."
        return
    yield f"Today, about {_minutes(plan.seconds)}:"
    for number, activity in enumerate(plan.activities, start=1):
        yield ""
        yield f"{number}. {today(activity)}"
        yield from map(_why, activity.sections)
        yield f"   {activity.command}"


def _why(section: Section) -> str:
    return f"   - {section.name}: {section.why}"


def _minutes(seconds: float) -> str:
    return duration(max(1, round(seconds / 60)) * 60)
