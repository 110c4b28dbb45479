"""The sections of one sitting judged together: ownership, outcome, lesson, level, lens, verdict."""

from collections.abc import Sequence

import msgspec

from rehearse.feedback.lens import LensTest, judge_lens
from rehearse.feedback.level import LevelTest, judge_level
from rehearse.feedback.ownership import Owned, ledger
from rehearse.feedback.passages import sentences_of
from rehearse.feedback.priority import fix_first
from rehearse.feedback.reflection import ReflectionTest, judge_reflection
from rehearse.feedback.result import ResultTest, judge_result
from rehearse.feedback.ruleset import RuleSet
from rehearse.feedback.section import Section, step_by_step
from rehearse.feedback.told import Told
from rehearse.feedback.verdict import Verdict, decide
from rehearse.interview import WHOLE
from rehearse.scenario import STAR_TARGETS_S, Lens, Level, Scenario
from rehearse.transcript import Transcript

_OUTCOME_BEGINS = (0.75, 0.4)
"""After which shares of an answer told in one go its outcome is looked for, likeliest first. By its
targets it begins at 0.8; a number before 0.4 belongs to the setting."""


class Yardstick(msgspec.Struct, frozen=True):
    """By what an answer is judged, apart from the rules; all of it may be missing."""

    scenario: Scenario | None = None
    level: str | None = None
    lens: str | None = None

    @property
    def chosen_level(self) -> Level | None:
        levels = self.scenario.levels if self.scenario else ()
        return next((level for level in levels if level.name == self.level), None)

    @property
    def chosen_lens(self) -> Lens | None:
        lenses = self.scenario.lenses if self.scenario else ()
        return next((lens for lens in lenses if lens.name == self.lens), None)

    @property
    def principle(self) -> str:
        lens = self.chosen_lens
        if lens:
            return lens.name.replace("-", " ").title()
        return self.scenario.principle if self.scenario else ""

    @property
    def steps(self) -> tuple[str, ...]:
        if self.scenario:
            return tuple(step.name for step in self.scenario.steps)
        return tuple(STAR_TARGETS_S)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    result: ResultTest
    ownership: tuple[Owned, ...]
    reflection: ReflectionTest | None
    level: LevelTest | None
    lens: LensTest | None
    verdict: Verdict


def judge(sections: Sequence[Section], by: Yardstick, rules: RuleSet) -> Judgement:
    """Follow-ups are no part of the story, so they count for the one thing to fix only. An answer
    told in one go is judged by its steps where it tells all of them, and else as one.
    """
    sections = step_by_step(sections)
    story = tuple(section for section in sections if section.kind != "probe")
    told = Told(
        sections=story,
        ledger=ledger(story),
        result=_result(sections),
        reflection=judge_reflection(story, by.chosen_level),
    )
    not_told = _not_told(story, by.steps)
    level, lens = by.chosen_level, by.chosen_lens
    first = fix_first(sections)
    at_level = (
        judge_level(told, level, rules, is_complete=not not_told) if level and story else None
    )
    return Judgement(
        result=told.result,
        ownership=told.ledger,
        reflection=told.reflection,
        level=at_level,
        lens=judge_lens(story, lens) if lens and story else None,
        verdict=decide(
            told, by.principle, f"In {first.section}: {first.advice}" if first else "", not_told
        ),
    )


def _result(sections: Sequence[Section]) -> ResultTest:
    """What the result step says of the outcome. Where there is none, the outcome stands late."""
    results = [section.heard for section in sections if section.name == "result"]
    if results:
        return judge_result(_joined(results))
    told = [section.heard for section in sections]
    late, earlier = (
        judge_result(_joined([_from(share, heard) for heard in told])) for share in _OUTCOME_BEGINS
    )
    parts = {
        name: part if part.found else getattr(earlier, name)
        for name, part in msgspec.structs.asdict(late).items()
    }
    return ResultTest(**parts)


def _joined(told: Sequence[Transcript]) -> Transcript:
    return Transcript(tuple(word for each in told for word in each.words))


def _from(share: float, told: Transcript) -> Transcript:
    """The sentences that begin after this share of it; all of it where there are none."""
    begins = share * len(told.text)
    later = [passage for _, passage in sentences_of(told) if passage.start_char >= begins]
    if not later:
        return told
    return Transcript(told.words_between(later[0].start_char, later[-1].end_char))


def _not_told(story: Sequence[Section], steps: Sequence[str]) -> tuple[str, ...]:
    if any(section.name == WHOLE for section in story):
        return ()
    names = {section.name for section in story if section.transcript.words}
    return tuple(step for step in steps if step not in names)
