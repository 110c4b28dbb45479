"""What was found out about an answer as a whole, in lines of plain words for every report."""

from collections.abc import Iterator

from rehearse.feedback.lens import LensTest
from rehearse.feedback.level import LevelTest
from rehearse.feedback.reflection import ReflectionTest
from rehearse.feedback.section import Section
from rehearse.report.wording import clock, duration
from rehearse.session import Session

_MOST_ENTRIES = 4
_DEPTHS = {
    "specific": "a lesson that fits this story only",
    "habit": "what you do differently since",
    "beyond": "what lay behind it, between teams or in how the work is organised",
    "trade_off": "what your choice cost, and why you made it all the same",
}


def cuts(section: Section) -> Iterator[str]:
    """What to leave out, with the sum that it makes: `43.0 s - 8.2 s - 5.9 s = 28.9 s`."""
    if not section.cut or section.spoken_s is None:
        return
    rest_s = section.spoken_s - sum(cut.seconds for cut in section.cut)
    minus = "".join(f" - {cut.seconds:.1f} s" for cut in section.cut)
    still = "" if rest_s <= (section.target_s or rest_s) else ", still over: shorten what is left"
    yield f"Leave out: {section.spoken_s:.1f} s{minus} = {rest_s:.1f} s{still}."
    for cut in section.cut:
        place = f"{clock(cut.start_s)} " if cut.start_s is not None else ""
        yield f"- {place}“{cut.quote}” {cut.why}"


def reply(section: Section) -> Iterator[str]:
    """What a follow-up looked for, whether it got it, and what the weak reply does as well."""
    test = section.reply
    if test is None or not section.transcript.words:
        return
    if test.probes_for:
        yield f"Looked for: {test.probes_for}"
    quote = f" “{test.quote}”" if test.quote else ""
    yield f"{'Answered.' if test.answered else 'Not answered.'}{quote}"
    missing = [each.text for each in test.sought if not each.found]
    if missing:
        yield f"Missing: {'; '.join(missing)}."
    faults = list(dict.fromkeys(fault.quote for fault in test.faults if fault.quote != test.quote))
    if faults:
        yield f"As in the weak reply: {', '.join(f'“{quote}”' for quote in faults)}."


def judged(session: Session) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each part with its title; parts of which nothing is known are left out."""
    parts = (
        ("Points", tuple(_points(session))),
        ("Who acts", tuple(_ownership(session))),
        ("Lesson", tuple(_reflection(session.reflection_test))),
        ("Level", tuple(_level(session.level_test))),
        ("Lens", tuple(_lens(session.lens_test))),
    )
    yield from (part for part in parts if part[1])


def _points(session: Session) -> Iterator[str]:
    """Where the verdict's points come from."""
    parts = session.verdict.score if session.verdict else ()
    if parts:
        each = (
            f"{part.name} {part.points:g}" + (f" of {part.most:g}" if part.most else "")
            for part in parts
        )
        yield f"{', '.join(each)}.".capitalize()


def _ownership(session: Session) -> Iterator[str]:
    share = session.totals.i_share
    if share is None:
        return
    yield f"“I” owns {share * 100:.0f} % of the time in which somebody acts."
    weak = [entry for entry in session.ownership if entry.instead]
    for entry in weak[:_MOST_ENTRIES]:
        place = f"{clock(entry.start_s)} " if entry.start_s is not None else ""
        yield f"- {place}“{entry.quote}” {entry.instead}"
    if len(weak) > _MOST_ENTRIES:
        yield f"- and {len(weak) - _MOST_ENTRIES} more."


def _reflection(test: ReflectionTest | None) -> Iterator[str]:
    if test is None or test.kind == "missing":
        return
    if test.kind == "generic":
        yield "It would fit any story. Take the lesson out of this one."
    for part in test.lacking:
        yield f"Missing{f' for {test.level}' if test.level else ''}: {_DEPTHS[part]}."


def _level(test: LevelTest | None) -> Iterator[str]:
    if test is None:
        return
    if test.spoken_s is not None and test.shortest_s is not None and test.longest_s is not None:
        wanted = duration(test.longest_s)
        if test.shortest_s != test.longest_s:
            wanted = f"{duration(test.shortest_s)} to {wanted}"
        words = {"over": "too long", "short": "too short", "on_target": "in range"}
        verdict = words.get(test.verdict or "", "not all steps were told")
        yield f"{test.level}: {duration(test.spoken_s)} of {wanted}: {verdict}."
    for each in test.expects:
        state = {True: "found", False: "missing", None: "judge for yourself"}[each.met]
        quote = f" “{each.quote}”" if each.quote and each.met else ""
        yield f"- {state}: {each.text}{quote}"


def _lens(test: LensTest | None) -> Iterator[str]:
    if test is None:
        return
    if test.wants_outcome_first:
        is_first = "opens" if test.outcome_first.found else "does not open"
        yield f"The first sentence {is_first} with the outcome."
    for title, heard in (("Stressed", True), ("Not heard", False)):
        phrases = [f"“{each.phrase}”" for each in test.emphasised if each.said is heard]
        if phrases:
            yield f"{title}: {', '.join(phrases)}."
    if test.played_down_s:
        yield f"{test.played_down_s:.0f} s went to what this lens plays down."
