"""Sessions for tests: judged by the real rules, from words whose times are made up."""

from datetime import UTC, datetime
from pathlib import Path

from rehearse import __version__
from rehearse.booking import Booking, Progress
from rehearse.feedback.phrases import load_rules
from rehearse.feedback.section import judge_section
from rehearse.interview import Prompt, step_prompts, whole_prompt
from rehearse.scenario import Scenario, Seconds, Step
from rehearse.scenario_yaml import parse
from rehearse.session import SessionInfo, sum_up
from rehearse.transcript import Hearing, Span, Transcript, Word

SCHEMA_1 = Path(__file__).parent / "data" / "sessions" / "schema-1.json"
SECONDS_PER_WORD = 0.4

TOLD = {
    "situation": "I was, um, on the checkout team and I noticed that some webhooks were lost.",
    "result": "The drop rate went from 0.3% to zero and the team was happy.",
}


def spoken(text, begins_s=1.0):
    """The text as if somebody had said it, evenly, without a pause."""
    words = []
    for word in text.split():
        words.append(Word(word, round(begins_s, 2), round(begins_s + 0.3, 2), 0.9))
        begins_s += SECONDS_PER_WORD
    speech = (Span(words[0].start_s, words[-1].end_s),) if words else ()
    return Hearing(Transcript(tuple(words)), speech, recorded_s=round(begins_s + 1, 2))


def section(name, text, *, target_s=20.0, limit_s=30.0, key_points=(), kind="step", **where):
    prompt = Prompt(name, kind, f"What about the {name}?", target_s, limit_s, key_points)
    hearing = where.get("hearing") or spoken(text)
    return judge_section(prompt, hearing, load_rules(), f"takes/{name}-1.wav")


def told_in_one_go(story, *, without=(), hear=spoken):
    """Steps of 10 s each, told one after the other in one take; the beginning of each is its key
    point.
    """
    scenario = Scenario(
        schema=1,
        name="lift",
        question="What did you do?",
        steps=tuple(
            Step(name=name, target_s=Seconds(10), key_points=(text[:20],))
            for name, text in story.items()
        ),
    )
    hearing = hear(" ".join(text for name, text in story.items() if name not in without))
    return judge_section(whole_prompt(scenario), hearing, load_rules(), "takes/whole-1.wav")


def session_of(*sections, **info):
    return sum_up(
        SessionInfo(
            **{"id": None, "scenario": None, "mode": "steps", "rehearse_version": __version__}
            | info
        ),
        sections,
        load_rules(),
    )


def booked(scenario="webhook-drop", began=datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)):
    """A rehearsal of one step that has just begun."""
    text = f"schema: 1\nname: {scenario}\nquestion: Why?\nsteps: [{{name: task, target: 20s}}]\n"
    parsed = parse(text, f"{scenario}.yaml")
    booking = Booking(scenario=parsed, prompts=step_prompts(parsed), model="base")
    return Progress(booking, began)


def finished_session(
    session_id="20260301-093005-webhook-drop",
    *,
    scenario="webhook-drop",
    began=datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC),
    model="base",
    told=TOLD,
):
    return session_of(
        *(section(name, text, key_points=("I noticed", "no alert")) for name, text in told.items()),
        id=session_id,
        scenario=scenario,
        started_at=began,
        model=model,
    )


def holds(document, earlier):
    """Whether every value of the earlier JSON document still stands in this one."""
    match earlier:
        case dict():
            return all(key in document and holds(document[key], earlier[key]) for key in earlier)
        case list():
            return len(document) == len(earlier) and all(map(holds, document, earlier))
        case _:
            return document == earlier
