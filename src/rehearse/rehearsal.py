"""One rehearsal, from the first prompt to the saved session.

Each answer is on disk before anything listens to it; it is transcribed while it grows there. What is
done is noted before and after every take, so that a rehearsal that was broken off in whatever way
goes on from there.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

import msgspec

from rehearse import __version__
from rehearse.booking import Booking, KeptTake, Progress
from rehearse.errors import DeviceLostError, DiskError, MissingError
from rehearse.events import (
    Asking,
    Event,
    Kept,
    LimitPassed,
    Listening,
    Recording,
    Retaking,
    Saved,
    TargetNear,
    TargetPassed,
    Transcribing,
    VoiceFailed,
    Warned,
)
from rehearse.feedback.lacking import lacking, weighed
from rehearse.feedback.phrases import RuleSet
from rehearse.feedback.section import Section, judge_section
from rehearse.interview import SOON_SHARE, Prompt, probe_prompts
from rehearse.ports import Controls, Key, Recorder, SessionStore, Speaker, Transcriber
from rehearse.progress.follow_ups import Before
from rehearse.recording import RATE_HZ, Moment, holds_sound
from rehearse.session import Session, SessionInfo, sum_up
from rehearse.soundcheck import SoundCheck

INTERRUPTION = "Let me stop you there, and let us move on."
_TELL_EVERY_S = 0.25
_TOO_SLOW = 1.0
"""More seconds than this for a second of speech, and the report comes late."""
_SMALLEST_MODEL = "tiny.en"

Tell = Callable[[Event], None]


class _QuitError(Exception):
    """The candidate wants to stop and keep what there is."""


class StoppedError(MissingError):
    """Not everything could be asked, because nothing could record the answers.

    `session` is what there is; it is saved, and stays unfinished.
    """

    def __init__(self, message: str, session: Session) -> None:
        super().__init__(message)
        self.session = session


class Rehearsal:
    """Performs one booking with the given equipment and tells what happens as it happens."""

    def __init__(
        self,
        session_id: str,
        progress: Progress,
        *,
        speaker: Speaker,
        recorder: Recorder,
        controls: Controls,
        transcriber: Transcriber,
        store: SessionStore,
        load_rules: Callable[[], RuleSet],
        tell: Tell,
        look_back: Callable[[], Before] = Before,
    ) -> None:
        """`load_rules` is called when there is something to judge: reading the rules takes longer
        than anything else before the first question. `look_back` is called when follow-ups are
        to be chosen.
        """
        self._session_id = session_id
        self._progress = progress
        self._booking = progress.booking
        self._speaker = speaker
        self._recorder = recorder
        self._controls = controls
        self._transcriber = transcriber
        self._store = store
        self._load_rules = load_rules
        self._look_back = look_back
        self._tell = tell
        self._listener = ThreadPoolExecutor(max_workers=1)
        self._answers: dict[int, list[_Answer]] = {}
        self._is_slowness_told = False
        self.has_quit = False
        """Whether the candidate has stopped before the end."""

    def perform(self) -> Session:
        """Asks what has not been answered yet; the session it returns is saved and finished.

        Raises StoppedError where no microphone is left. Broken off by that or another exception,
        everything recorded stays, and so does the note of it.
        """
        try:
            self._take_up_what_there_is()
            trouble = self._ask_everything()
            if trouble and not self._answers:
                raise trouble
            session = self._session(self._judged())
        finally:
            self._listener.shutdown(wait=False, cancel_futures=True)
        if trouble:
            self._store.save(self._session_id, session)
        else:
            self._store.finish(self._session_id, session)
        self._tell(Saved(self._session_id))
        if trouble:
            raise StoppedError(
                f"{trouble} Then `rehearse resume {self._session_id}` asks what is missing.",
                session,
            )
        return session

    def _take_up_what_there_is(self) -> None:
        there = [kept for kept in self._progress.kept if holds_sound(self._path(kept))]
        for kept in self._progress.kept:
            if kept.is_whole and kept not in there:
                self._tell(Warned(kept.prompt.section, f"{self._path(kept)} cannot be read."))
        self._progress = msgspec.structs.replace(self._progress, kept=tuple(there))
        for turn in sorted({kept.turn for kept in there}):
            self._listen_to(turn)

    def _ask_everything(self) -> MissingError | None:
        """Returns what is in the way where not everything could be asked."""
        prompts = self._booking.prompts
        try:
            self._ask_all(prompts, first_turn=0)
            self._ask_all(self._fitting_probes(), first_turn=len(prompts))
        except _QuitError:
            self.has_quit = True
        except MissingError as trouble:
            return trouble
        return None

    def _fitting_probes(self) -> tuple[Prompt, ...]:
        if self._booking.probes_at_most == 0:
            return ()
        if self._progress.probes is None:
            self._progress = msgspec.structs.replace(self._progress, probes=self._chosen_probes())
            self._store.note(self._session_id, self._progress)
        probes = self._progress.probes or ()
        return tuple(probe for probe in probes if self._recorder.has(probe.section))

    def _chosen_probes(self) -> tuple[Prompt, ...]:
        """By what this answer lacked, or the last one where only follow-ups are asked."""
        scenario, at_most = self._booking.scenario, self._booking.probes_at_most
        before = self._look_back() if at_most is not None else Before()
        told = self._judged()
        lacks = lacking(told) if told else weighed(before.lacked)
        return probe_prompts(scenario, lacks, at_most, before.asked)

    def _ask_all(self, prompts: Sequence[Prompt], first_turn: int) -> None:
        todo = [
            (turn, prompt)
            for turn, prompt in enumerate(prompts, first_turn)
            if not self._progress.is_answered(turn)
        ]
        upcoming = [prompt for _, prompt in todo[1:]]
        for (turn, prompt), following in zip_longest(todo, upcoming):
            self._ask(turn, prompt, following)

    def _ask(self, turn: int, prompt: Prompt, following: Prompt | None) -> None:
        """Asks one question and records its answer, as often as the candidate wants."""
        self._speaker.prepare([following.question] if following else [])
        key = self._say(prompt)
        while key is not Key.QUIT:
            key = self._record(turn, prompt)
            if key is Key.DONE:
                key = self._controls.between(prompt, following)
            if key is not Key.RETAKE:
                break
            self._tell(Retaking(prompt.section))
        self._listen_to(turn)
        if key is Key.QUIT:
            raise _QuitError

    def _say(self, prompt: Prompt) -> Key | None:
        """Speaks the question; a key cuts it short. Returns that key."""
        if self._waiting_key() is Key.QUIT:
            return Key.QUIT  # pressed while the last answer was written down
        self._tell(Asking(prompt.section, prompt.question))
        try:
            self._speaker.say(prompt.question, self._controls.is_key_waiting)
        except MissingError as error:
            self._tell(VoiceFailed(str(error)))
        return self._waiting_key()

    def _waiting_key(self) -> Key | None:
        """The first key that was pressed before now; none of them is meant for what comes."""
        first = key = self._controls.pressed()
        while key:
            key = self._controls.pressed()
        return first

    def _record(self, turn: int, prompt: Prompt) -> Key:
        """One take; returns the key that ended it (DONE where it ended by itself)."""
        take = self._store.next_take(self._session_id, prompt.section)
        before = self._progress.kept
        broken_off = KeptTake(turn, prompt, take.name, is_whole=False)
        self._note((*before, broken_off))
        clock = _SectionClock(prompt, self._booking, self._recorder.name, self._tell)
        self._transcriber.follow(take, self._booking.scenario.vocabulary)
        self._listener.submit(lambda: self._rules)  # read while somebody speaks
        moments = self._recorder.record(prompt.section, take)
        key: Key | None = None
        try:
            for moment in moments:
                self._mind_slowness(prompt)
                is_over = clock.advance_to(moment)
                key = self._controls.pressed()
                if key or is_over or (clock.is_past_limit and self._controls.is_closed()):
                    break
            moments.close()
        except OSError as error:
            raise DiskError(
                f"{take}: writing failed: {error.strerror}. Free some space, then go on with "
                f"`rehearse resume {self._session_id}`; everything recorded so far is kept."
            ) from None
        except DeviceLostError as error:
            self._tell(Warned(prompt.section, str(error)))
            self._tell(Kept(prompt.section, clock.elapsed_s))
            self._listen_to(turn)
            raise
        whole = KeptTake(turn, prompt, take.name, clock.lost_samples)
        self._note((*before, whole))
        self._tell(Kept(prompt.section, clock.elapsed_s))
        if clock.was_cut_off:
            self._cut_in()
        return key or Key.DONE

    def _mind_slowness(self, prompt: Prompt) -> None:
        """Says once, and as soon as it is known, that the model is too slow for this computer."""
        slowness = self._transcriber.slowness
        if self._is_slowness_told or slowness is None or slowness <= _TOO_SLOW:
            return
        self._is_slowness_told = True
        model = self._booking.model
        faster = f" --model {_SMALLEST_MODEL} is faster." if model != _SMALLEST_MODEL else ""
        self._tell(
            Warned(
                prompt.section,
                f"The model {model} is too slow for this computer: a second of speech takes it "
                f"{slowness:.1f} s. Nothing is left out, but the report will be late.{faster}",
            )
        )

    def _cut_in(self) -> None:
        try:
            self._speaker.say(INTERRUPTION, self._controls.is_key_waiting)
        except MissingError as error:
            self._tell(VoiceFailed(str(error)))

    def _note(self, kept: tuple[KeptTake, ...]) -> None:
        self._progress = msgspec.structs.replace(self._progress, kept=kept)
        self._store.note(self._session_id, self._progress)

    def _path(self, kept: KeptTake) -> Path:
        return self._store.take(self._session_id, kept.take)

    def _listen_to(self, turn: int) -> None:
        """Has the takes that may count for this turn transcribed, if there are any."""
        answers = [
            _Answer(kept, self._listener, self._judge) for kept in self._progress.counting(turn)
        ]
        if answers:
            self._answers[turn] = answers

    @cached_property
    def _rules(self) -> RuleSet:
        """The same for every section, and read once: the user's own are not kept by the loader."""
        return self._load_rules()

    def _judged(self) -> list[Section]:
        """The sections in the order they were asked; of several takes the one that counts."""
        takes = [
            [answer.wait(self._tell) for answer in answers]
            for _, answers in sorted(self._answers.items())
        ]
        return [min(reversed(sections), key=_flaws) for sections in takes]

    def _judge(self, kept: KeptTake, on_progress: Callable[[float], None]) -> Section:
        """Runs in the listener's thread, while the next question is asked and answered."""
        vocabulary = self._booking.scenario.vocabulary
        take = self._path(kept)
        hearing = self._transcriber.hear(take, vocabulary, on_progress)
        section = judge_section(kept.prompt, hearing, self._rules, f"takes/{take.name}")
        return msgspec.structs.replace(section, lost_s=round(kept.lost_samples / RATE_HZ, 3))

    def _session(self, sections: Sequence[Section]) -> Session:
        booking = self._booking
        info = SessionInfo(
            id=self._session_id,
            scenario=booking.scenario.name,
            mode=booking.mode,
            level=booking.level,
            lens=booking.lens,
            started_at=self._progress.started_at,
            model=booking.model,
            rehearse_version=__version__,
        )
        return sum_up(info, sections, self._rules, booking.scenario)


class _SectionClock:
    """Follows one take: tells of its marks and warnings, and knows when it is over by itself."""

    def __init__(self, prompt: Prompt, booking: Booking, device: str, tell: Tell) -> None:
        self._prompt = prompt
        self._booking = booking
        self._tell = tell
        self._check = SoundCheck(device)
        self._marks = _marks(prompt)
        self._is_running = False
        self.elapsed_s = 0.0
        self.lost_samples = 0
        self.is_past_limit = False
        self.was_cut_off = False

    def advance_to(self, moment: Moment) -> bool:
        """Whether the take ends here: cut off at its limit, or after enough silence."""
        section, limit_s = self._prompt.section, self._prompt.limit_s
        if not self._is_running:
            self._tell(Recording(section, self._prompt.target_s, limit_s))
            self._is_running = True
        self.elapsed_s, self.lost_samples = moment.elapsed_s, moment.lost_samples
        self._tell(Listening(section, moment.elapsed_s, moment.peak_db))
        while self._marks and moment.elapsed_s >= self._marks[0][0]:
            self._tell(self._marks.pop(0)[1])
        for warning in self._check.hear(moment):
            self._tell(Warned(section, warning))
        enough_s = self._booking.auto_next_s
        self.is_past_limit = limit_s is not None and moment.elapsed_s >= limit_s
        self.was_cut_off = self._booking.hard_stop and self.is_past_limit
        return self.was_cut_off or (enough_s is not None and self._check.silence_s >= enough_s)


class _Answer:
    """A take that is being transcribed and judged."""

    def __init__(
        self,
        kept: KeptTake,
        listener: ThreadPoolExecutor,
        judge: Callable[[KeptTake, Callable[[float], None]], Section],
    ) -> None:
        self._section = kept.prompt.section
        self._fraction = 0.0
        self._future: Future[Section] = listener.submit(judge, kept, self._progressed)

    def wait(self, tell: Tell) -> Section:
        while not wait_for([self._future], timeout=_TELL_EVERY_S).done:
            tell(Transcribing(self._section, self._fraction))
        return self._future.result()

    def _progressed(self, fraction: float) -> None:
        self._fraction = fraction


def _marks(prompt: Prompt) -> list[tuple[float, Event]]:
    """When the clock of an answer has something to say."""
    marks: list[tuple[float, Event]] = []
    if prompt.target_s is not None:
        marks.append((prompt.target_s * SOON_SHARE, TargetNear(prompt.section)))
        marks.append((prompt.target_s, TargetPassed(prompt.section)))
    if prompt.limit_s is not None:
        marks.append((prompt.limit_s, LimitPassed(prompt.section)))
    return marks


def _flaws(section: Section) -> tuple[bool, int, float]:
    """Less is better: first having spoken at all, then weak phrases, then the overrun."""
    weak = sum(finding.category != "filler" for finding in section.findings)
    return section.verdict == "silent", weak, section.overrun_s or 0.0
