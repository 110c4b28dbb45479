"""Old sessions brought to today's rules and model, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

import msgspec

from rehearse import shelves
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.errors import RehearseError
from rehearse.events import Event, Saved, Transcribing, Warned
from rehearse.feedback.section import Section
from rehearse.narrator import narrator
from rehearse.rejudging import judge_again, remembered
from rehearse.scenario import Decision, Scenario
from rehearse.session import Session
from rehearse.studio import model_folder, warning_by
from rehearse.transcript import Hearing

Tell = Callable[[Event], None]


class Judged(msgspec.Struct, frozen=True):
    """A session in the few numbers that a new judgement may change."""

    words: int
    fillers: int
    weak_phrases: int
    decision: Decision | None


class Reanalyzed(msgspec.Struct, frozen=True):
    id: str
    before: Judged
    after: Judged


def reanalyze(
    session_ids: Sequence[str], *, model: str | None, text_only: bool, plain: bool
) -> Iterator[Reanalyzed | RehearseError]:
    """Each session judged anew and kept, in the order given; one that cannot be is its error, and
    the rest go on. Until the new result is complete the old one stays.
    """
    folders = shelves.session_folders()
    with narrator(plain=plain) as tell, ExitStack() as running:
        rules = shelves.judging_rules(warning_by(tell))
        ear = _Ear(tell, running)
        for number, session_id in enumerate(session_ids, start=1):
            try:
                old = folders.load(session_id)
                scenario = _scenario_of(old, tell)
                hear: Callable[[Section], Hearing] = remembered
                heard_with = old.session.model
                if not text_only:
                    heard_with = model or heard_with
                    count = f"{number} of {len(session_ids)}, " if len(session_ids) > 1 else ""
                    hear = ear.hearing(
                        session_id, old, heard_with, scenario, f"{count}{session_id}"
                    )
                new = judge_again(old, hear, rules, scenario, heard_with) if old.sections else old
                folders.save(session_id, new)
                tell(Saved(session_id))
                yield Reanalyzed(session_id, _judged(old), _judged(new))
            except RehearseError as error:
                yield error


def _scenario_of(session: Session, tell: Tell) -> Scenario | None:
    scenario, name = shelves.scenario_of(session), session.session.scenario
    if name and scenario is None:
        gone = "this scenario is not here any more; level and lens stay as they were judged."
        tell(Warned(name, gone))
    return scenario


class _Ear:
    """Hears takes anew; one model at a time is loaded."""

    def __init__(self, tell: Tell, running: ExitStack) -> None:
        self._tell = tell
        self._running = running
        self._model: str | None = None
        self._transcriber: WhisperTranscriber | None = None

    def hearing(
        self,
        session_id: str,
        session: Session,
        model: str | None,
        scenario: Scenario | None,
        title: str,
    ) -> Callable[[Section], Hearing]:
        """What hears the sections of this session, all of which begin to be decoded at once. A take
        that is gone cannot be heard anew.
        """
        vocabulary = scenario.vocabulary if scenario else ()
        takes = dict(_takes(session_id, session))
        for take in takes.values():
            self._transcriber_with(model).expect(take, vocabulary)

        def hear(section: Section) -> Hearing:
            take = takes.get(section.audio)
            if take is None:
                self._tell(Warned(section.name, "its take is gone; its words stay as they were."))
                return remembered(section)
            place = f"{title}: {section.name}"
            self._tell(Transcribing(place, 0.0))  # its model is still being loaded
            return self._transcriber_with(model).hear(
                take, vocabulary, lambda done: self._tell(Transcribing(place, done))
            )

        return hear

    def _transcriber_with(self, model: str | None) -> WhisperTranscriber:
        wanted = model or "base"
        if self._transcriber is None or self._model != wanted:
            folder = model_folder(wanted)
            self._running.close()
            self._transcriber = self._running.enter_context(WhisperTranscriber(folder))
            self._model = wanted
        return self._transcriber


def _takes(session_id: str, session: Session) -> Iterator[tuple[str | None, Path]]:
    """The takes of its sections that are still there, by what the sections call them."""
    folders = shelves.session_folders()
    for section in session.sections:
        name = PurePosixPath(section.audio or "").name
        if name and (take := folders.take(session_id, name)).is_file():
            yield section.audio, take


def _judged(session: Session) -> Judged:
    findings = (finding for section in session.sections for finding in section.findings)
    return Judged(
        words=session.checked.words,
        fillers=sum(len(section.fillers) for section in session.sections),
        weak_phrases=sum(finding.category != "filler" for finding in findings),
        decision=session.verdict.decision if session.verdict else None,
    )
