"""A session as Markdown, for notes and for sharing without the sound."""

import re
from collections.abc import Iterator

from rehearse.feedback.section import Section
from rehearse.feedback.verdict import Verdict
from rehearse.printable import printable
from rehearse.report import judged, wording
from rehearse.report.numbering import Numbered, Part, as_shown
from rehearse.session import Session

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_STARTS_A_LIST = re.compile(r"^(\d*)([-+=.)])")


def as_markdown(session: Session) -> str:
    return "\n".join(_lines(session))


def _lines(session: Session) -> Iterator[str]:
    yield f"# {_plain(wording.heading(session) or 'Analysis')}"
    if session.sections or not session.quiz:
        yield from _told(session)
    if session.quiz:
        yield from _quiz(session)


def _told(session: Session) -> Iterator[str]:
    yield ""
    yield "| section | spoken | target | over | verdict |"
    yield "|---|---:|---:|---:|---|"
    yield from (_row(part.section) for part in as_shown(session))
    yield ""
    yield _plain(wording.totals(session))
    if session.verdict:
        yield from _verdict(session.verdict)
    first = wording.fix_first(session)
    if first:
        yield from ("", f"**{_plain(first)}**")
    for part in as_shown(session):
        yield from _part(part)
    if session.result_test is not None and wording.tells_of_a_result(session):
        yield from ("", "## Result test", "")
        for wanted, evidence in wording.result_test(session.result_test):
            quote = f": “{_plain(evidence.quote)}”" if evidence.quote else ""
            yield f"- {'found' if evidence.found else 'missing'}: {wanted}{quote}"
    for title, lines in judged.judged(session):
        yield from ("", f"## {title}", "")
        yield from (f"- {_plain(line.removeprefix('- '))}" for line in lines)
    yield ""
    yield _plain(wording.checked(session))


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield ""
    if verdict.decision == "not_enough":
        yield _plain(wording.verdict(verdict))
        return
    yield f"**Verdict: {_plain(wording.verdict(verdict))}**"
    yield ""
    for reason in verdict.because:
        quote = f" “{_plain(reason.quote)}”" if reason.quote else ""
        place = _plain(wording.place(reason.section, reason.start_s))
        yield f"- {_plain(reason.text)}{quote} {place}".rstrip()


def _quiz(session: Session) -> Iterator[str]:
    yield from ("", "## Quiz", "", wording.quiz_score(session), "")
    for question, told, why in wording.quiz_answers(session):
        yield f"- *{_plain(question)}* {_plain(told)} {_plain(why)}".rstrip()


def _row(section: Section) -> str:
    cells = (
        _plain(section.name),
        _seconds(section.spoken_s),
        _seconds(section.target_s),
        _seconds(section.overrun_s),
        wording.in_words(section.verdict or "not timed"),
    )
    return f"| {' | '.join(cells)} |"


def _part(part: Part) -> Iterator[str]:
    section = part.section
    yield from ("", f"## {_plain(section.name.capitalize())}", "")
    if section.question:
        yield from (f"*{_plain(section.question)}*", "")
    yield _plain(part.timing)
    if section.not_told:
        yield from ("", _plain(wording.not_told(section)))
    if section.transcript.text:
        yield from ("", f"> {_plain(section.transcript.text)}")
    if section.past_target:
        yield from ("", f"**Past the target:** “{_plain(section.past_target.text)}”")
    if section.fillers:
        yield from ("", _plain(wording.fillers(section)))
    reply = tuple(judged.reply(section))
    if reply:
        yield ""
        yield from (f"- {_plain(line)}" for line in reply)
    if part.findings:
        yield ""
        yield from map(_finding, part.findings)
    cuts = tuple(judged.cuts(section))
    if cuts:
        yield ""
        yield from (f"- {_plain(line.removeprefix('- '))}" for line in cuts)
    missing = [f"“{_plain(phrase)}”" for phrase in wording.not_heard(section)]
    if missing:
        yield from ("", f"Not heard: {', '.join(missing)}.")


def _finding(found: Numbered) -> str:
    finding = found.finding
    place = "".join(f"{_plain(part)} " for part in found.place)
    quote = f" “{_plain(finding.quote)}”" if finding.quote else ""
    category = wording.in_words(finding.category)
    why, instead = _plain(finding.why), _plain(finding.instead)
    return f"- {place}**{category}**{quote}: {why} *Instead:* {instead}"


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s"


def _plain(text: str) -> str:
    """The text with everything escaped that Markdown or HTML would act on."""
    escaped = _SPECIAL.sub(r"\\\1", " ".join(printable(text).split()))
    return _STARTS_A_LIST.sub(r"\1\\\2", escaped)
