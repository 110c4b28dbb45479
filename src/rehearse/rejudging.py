"""A finished session judged again, by today's rules: over the words that are known of it, or over
words that were heard anew. The questions, targets and key points stay those that it was told for.
"""

from collections.abc import Callable

import msgspec

from rehearse import __version__
from rehearse.corrections import reapplied
from rehearse.feedback.phrases import RuleSet
from rehearse.feedback.section import Section, judge_section
from rehearse.interview import Prompt, step_prompts
from rehearse.scenario import STAR_TARGETS_S, Probe, Scenario, Seconds, Step
from rehearse.session import Session, sum_up
from rehearse.transcript import Hearing, Span, Transcript, Word


def judge_again(
    session: Session,
    hear: Callable[[Section], Hearing],
    rules: RuleSet,
    scenario: Scenario | None,
    model: str | None,
) -> Session:
    """The session as it would be judged today. `hear` says what each section holds, and `model` is
    what it hears with. Where the scenario is gone, what only it knows stays as it was.
    """
    info = msgspec.structs.replace(session.session, model=model, rehearse_version=__version__)
    probes = {probe.question: probe for probe in scenario.probes} if scenario else {}
    sections = [
        _judge(
            section, hear(section), rules, probes.get(section.question), _parts(section, scenario)
        )
        for section in session.sections
    ]
    found = sum_up(info, sections, rules, scenario or _stand_in(session))
    found = msgspec.structs.replace(found, quiz=session.quiz)
    if scenario is not None:
        return found
    return msgspec.structs.replace(
        found, level_test=session.level_test, lens_test=session.lens_test
    )


def remembered(section: Section) -> Hearing:
    """What a section still knows of its sound: its words, its ums and where a voice was heard."""
    words = {(word.start_s, _bare(word.text)) for word in section.transcript.words}
    ums = (um for um in section.fillers if (um.start_s, _bare(um.text)) not in words)
    return Hearing(
        section.heard,
        speech=_speech(section),
        recorded_s=section.recorded_s,
        fillers=tuple(Word(um.text, um.start_s, um.end_s, um.confidence) for um in ums),
    )


def _bare(text: str) -> str:
    """The first word of it, as it may be written elsewhere too."""
    return "".join(
        letter for letter in text.split(" ", maxsplit=1)[0].casefold() if letter.isalnum()
    )


def _parts(section: Section, scenario: Scenario | None) -> tuple[Prompt, ...]:
    """The steps that an answer told in one go is split into: the scenario's, or those it knows."""
    if section.kind != "whole":
        return ()
    if scenario is not None:
        return step_prompts(scenario)
    return tuple(
        Prompt(
            section=step.name,
            kind="step",
            question=step.question,
            target_s=step.target_s,
            limit_s=step.limit_s,
            key_points=tuple(point.phrase for point in step.key_points),
        )
        for step in section.steps
    )


def _judge(
    section: Section,
    hearing: Hearing,
    rules: RuleSet,
    probe: Probe | None,
    parts: tuple[Prompt, ...],
) -> Section:
    if section.kind != "probe":
        probe = None
    known = tuple(point.phrase for point in section.key_points)
    prompt = Prompt(
        section=section.name,
        kind=section.kind,
        question=section.question,
        target_s=section.target_s,
        limit_s=section.limit_s,
        key_points=known or (probe.key_points if probe else ()),
        probe=probe,
        parts=parts,
    )
    corrections = section.corrections
    if hearing.transcript.words != section.transcript.words:
        words, corrections = reapplied(hearing.transcript.words, corrections)
        hearing = msgspec.structs.replace(hearing, transcript=Transcript(words))
    judged = judge_section(prompt, hearing, rules, section.audio)
    reply = judged.reply or section.reply  # a follow-up that is gone cannot judge its reply anew
    return msgspec.structs.replace(
        judged, lost_s=section.lost_s, corrections=corrections, reply=reply
    )


def _speech(section: Section) -> tuple[Span, ...] | None:
    """The stretches of voice between the pauses; None where there was no sound."""
    if section.spoken_s is None:
        return None
    if section.first_word_s is None:
        return ()
    edges = [section.first_word_s]
    for pause in section.pauses:
        edges += (pause.start_s, pause.end_s)
    edges.append(round(section.first_word_s + section.spoken_s, 2))
    return tuple(map(Span, edges[::2], edges[1::2]))


def _stand_in(session: Session) -> Scenario:
    """What the session itself tells of a scenario that is gone: its steps and its principle."""
    names = [section.name for section in session.sections if section.kind != "probe"]
    if not names or any(name in STAR_TARGETS_S for name in names):
        names = [*STAR_TARGETS_S, *names]
    return Scenario(
        schema=1,
        name=session.session.scenario or "gone",
        question="",
        principle=session.verdict.principle if session.verdict else "",
        steps=tuple(Step(name=name, target_s=Seconds(0)) for name in dict.fromkeys(names)),
    )
