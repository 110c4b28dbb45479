"""Everything that one answer deserves to hear: the judged section of a session."""

from collections.abc import Iterable

import msgspec

from rehearse.corrections import Correction
from rehearse.feedback.coverage import KeyPoint, cover
from rehearse.feedback.cutting import Cut, cuts
from rehearse.feedback.fillers import Filler, all_fillers
from rehearse.feedback.phrases import Finding, RuleSet, find_weak_phrases
from rehearse.feedback.reply import ReplyTest, judge_reply
from rehearse.feedback.splitting import divide, part_of
from rehearse.feedback.timing import PastTarget, TimeVerdict, time_answer
from rehearse.interview import Prompt, PromptKind
from rehearse.transcript import Hearing, Span, Transcript, Word


class SpokenText(msgspec.Struct, frozen=True):
    """The neutral transcript; offsets of findings count characters of `text`."""

    text: str
    words: tuple[Word, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One answer with its feedback, as it is saved and as scripts read it.

    Times are seconds since the answer's first recorded sample. They are None where the answer came
    as text, and the verdict is None where there is no target to compare with.
    """

    name: str
    kind: PromptKind
    question: str
    target_s: float | None
    limit_s: float | None
    recorded_s: float | None
    first_word_s: float | None
    spoken_s: float | None
    overrun_s: float | None
    verdict: TimeVerdict | None
    transcript: SpokenText
    fillers: tuple[Filler, ...] = ()
    past_target: PastTarget | None = None
    cut: tuple[Cut, ...] = ()
    pace_wpm: float | None = None
    pauses: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    reply: ReplyTest | None = None
    """Of a follow-up: whether it was answered."""
    steps: tuple["Section", ...] = ()
    """The steps that an answer told in one go holds. They share its take, and their times count in
    it; the offsets of their findings count in their own text.
    """
    not_told: tuple[str, ...] = ()
    """The steps that were not found in an answer told in one go."""
    audio: str | None = None
    lost_s: float = 0.0
    """Sound that the microphone dropped, all gaps together."""
    corrections: tuple[Correction, ...] = ()
    """What the recogniser had heard where somebody put the transcript right, or confirmed it."""

    def __post_init__(self) -> None:
        """Raises ValueError where the numbers contradict each other, as in a damaged document."""
        if self.target_s is not None and self.target_s <= 0:
            raise ValueError("target_s must be positive")
        if self.spoken_s and self.first_word_s is None:
            raise ValueError("spoken_s without first_word_s")
        if self.verdict is not None and (self.spoken_s is None or self.overrun_s is None):
            raise ValueError("a verdict without spoken_s and overrun_s")

    @property
    def heard(self) -> Transcript:
        return Transcript(self.transcript.words)


def judge_section(
    prompt: Prompt, hearing: Hearing, rules: RuleSet, audio: str | None = None
) -> Section:
    """Judges one answer; `audio` is where its take lies, relative to the session's folder."""
    timing = time_answer(hearing, prompt.target_s, prompt.limit_s)
    topic = "probe" if prompt.kind == "probe" else prompt.section
    findings = find_weak_phrases(hearing.transcript, topic, rules)
    key_points = cover(prompt.key_points, hearing.transcript, rules.meaning)
    reply = None
    if prompt.probe:
        reply = judge_reply(prompt.probe, hearing.transcript, findings, key_points, rules)
    steps = _steps(prompt, hearing, rules, audio)
    return Section(
        name=prompt.section,
        kind=prompt.kind,
        question=prompt.question,
        target_s=prompt.target_s,
        limit_s=prompt.limit_s,
        recorded_s=None if hearing.recorded_s is None else round(hearing.recorded_s, 2),
        first_word_s=timing.first_word_s,
        spoken_s=timing.spoken_s,
        overrun_s=timing.overrun_s,
        verdict=timing.verdict,
        transcript=SpokenText(hearing.transcript.text, hearing.transcript.words),
        fillers=all_fillers(hearing, findings),
        past_target=timing.past_target,
        cut=cuts(hearing.transcript, timing.overrun_s, findings, key_points),
        pace_wpm=timing.pace_wpm,
        pauses=timing.pauses,
        findings=findings,
        key_points=key_points,
        reply=reply,
        steps=steps,
        not_told=_not_told(prompt, steps),
        audio=audio,
    )


def _steps(
    prompt: Prompt, hearing: Hearing, rules: RuleSet, audio: str | None
) -> tuple[Section, ...]:
    asked = {part.section: part for part in prompt.parts}
    return tuple(
        judge_section(asked[stretch.step], part_of(hearing, stretch), rules, audio)
        for stretch in divide(hearing.transcript, prompt.parts)
    )


def _not_told(prompt: Prompt, steps: tuple[Section, ...]) -> tuple[str, ...]:
    told = {step.name for step in steps}
    return tuple(part.section for part in prompt.parts if part.section not in told)


def step_by_step(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections, but the steps of an answer told in one go in its place where it tells all."""
    return tuple(
        each
        for section in sections
        for each in (section.steps if section.steps and not section.not_told else (section,))
    )
