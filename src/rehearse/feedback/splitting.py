"""Where the steps of an answer lie that was told in one go.

Each sentence is weighed for each step by what is said in it, and by where in the answer it stands;
the best division in the order of the steps is taken. A step for which little speaks is left out
rather than invented.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

import msgspec

from rehearse.feedback.coverage import cover
from rehearse.feedback.passages import Passage, sentences_of
from rehearse.interview import Prompt
from rehearse.transcript import Hearing, Span, Transcript

_KEY_POINT = 1.6
_PER_SHARE_AWAY = 5.0
"""What a sentence loses for standing the whole length of the answer away from its step."""
_OPENS = 1.6
"""What a sentence gains as the first of a step that it opens in so many words."""

_NUMBER = (
    r"(\d[\d.,]*|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    r"(twen|thir|for|fif|six|seven|eigh|nine)ty|half|third|twice|hundred|thousand|percent)"
)
_DID = (
    r"(began|started|took|went|wrote|built|made|called|rang|asked|put|set up|drew|ran|read|checked|"
    r"traced|tested|added|showed|brought|met|sat|sent|spoke|told|found|counted|drafted|pulled|"
    r"\w+ed)"
)

_CUES: dict[str, tuple[tuple[str, float], ...]] = {
    "situation": (
        (
            r"^(so |well |okay |um |uh )*(i was|i am|i'm|i work|i worked|in my|at my|last|back in|we had|we were|our)\b",
            0.7,
        ),
        (
            r"\bi (was|worked|work) (a|an|the|as|at|in|on|for)\b|\bmy (last|previous|current) (job|company|role|team)",
            1.2,
        ),
        (
            r"\b(one|last|this) (morning|evening|day|night|week|monday|tuesday|wednesday|thursday|friday|year|spring|summer|autumn|winter)\b",
            0.5,
        ),
        (
            r"\b(noticed|the problem was|the trouble was|kept (failing|losing|breaking)|had been)\b",
            0.6,
        ),
        (
            r"\bin (january|february|march|april|may|june|july|august|september|october|november|december)\b",
            0.3,
        ),
    ),
    "task": (
        (
            r"\b(my (task|goal|job|aim|role|part)|the (goal|task|aim)) (was|is)\b|\bi (was|am) responsible\b",
            2.6,
        ),
        (r"\bi (wanted|set myself|decided to|needed to|had to|meant to|took it on|set out)\b", 1.4),
        (
            r"\b(nobody|no one|no-one|none) (had |has )?(asked|told|sent)\b|\bno ticket\b|\bwithout being asked\b",
            2.0,
        ),
        (
            r"\b(not|never|wasn't|outside|beyond) (really )?(my|our|mine)\b|\bbelong(s|ed)? to\b|\bowns?\b",
            1.2,
        ),
        (
            r"\b(asked|told|tasked|assigned) (me|us) (to|with)\b|\bi was (asked|told|given|assigned)\b",
            1.3,
        ),
        (r"\bvolunteered|took it upon myself|was mine to\b", 1.0),
    ),
    "action": (
        (rf"\bi (then |also |first |next |personally |just )*{_DID}\b", 0.9),
        (r"^(so |and |then )*i (began|started)\b", 0.5),
        (rf"^(so|then|next|first|after that|and then),? (i|we) {_DID}\b", 0.8),
        (
            r"\b(first|then|next|after that|step by step|in the meantime|the next (day|morning|week))\b",
            0.6,
        ),
        (rf"\bwe (then |also )*{_DID}\b", 0.4),
    ),
    "result": (
        (
            r"\b(as a result|in the end(?!,? (i|we)\b)|the result|the outcome|it turned out|by the end|since then|afterwards|ended up|paid off)\b",
            1.6,
        ),
        (rf"\bfrom (about |around |over |nearly )?\$?{_NUMBER}.{{0,40}}\bto\b", 1.6),
        (
            r"\b(fell|dropped|rose|grew|went (down|up)|increased|decreased|reduced|improved|saved|saves|doubled|halved|cut)\b",
            0.8,
        ),
        (
            r"\b(adopted|as standard|still (use|uses|in use)|renewed|signed|was (really |very )?(happy|pleased)|were (all )?(really |very )?(happy|pleased|satisfied)|rolled out)\b",
            1.1,
        ),
        (r"\b(a|per|each|every) (week|month|year|quarter|night|day)\b", 0.2),
    ),
    "reflection": (
        (
            r"\b(looking back|in hindsight|i (have |had |'ve )?(learned|learnt|realised|realized)|(the|my) (lesson|takeaway)|taught me|what i (learned|learnt|took|take)|take away)\b",
            3.0,
        ),
        (
            r"\b(i now|now i|these days|since then,? i|ever since|from now on|next time|today i|i always|i never|nowadays)\b",
            2.0,
        ),
        (r"\bi (would|'d) (do|have|start|ask|begin)\b|\bit's (always )?important\b", 1.2),
        (
            r"\bi (check|ask|write|put|start|begin|look|treat|count|make|tell|keep|try|read|call|stop|test)\b",
            0.8,
        ),
    ),
}
_PATTERNS = {
    step: tuple((re.compile(pattern), weight) for pattern, weight in cues)
    for step, cues in _CUES.items()
}
_BAR = 0.8
"""What must speak for a step before it counts as told, where its key points are known."""
_OPENING = 1.2
"""From this weight on, a sentence opens its step in so many words."""


class Stretch(msgspec.Struct, frozen=True):
    """A step that was told: its words, numbered from `first` up to but without `end`."""

    step: str
    first: int
    end: int


def divide(transcript: Transcript, steps: Sequence[Prompt]) -> tuple[Stretch, ...]:
    """The steps that were told, in their order; together they hold every word of the answer."""
    passages = [passage for _, passage in sentences_of(transcript)]
    if not passages or not steps:
        return ()
    weights = [_weights(passages, step, transcript) for step in steps]
    bars = [_BAR if step.key_points else 0.0 for step in steps]
    chosen = _best(weights, bars, _shares(steps), _middles(passages))
    ends = list(accumulate(passage.words for passage in passages))
    first_of = [0, *ends]
    begins = [n for n in range(len(chosen)) if n == 0 or chosen[n] != chosen[n - 1]]
    borders = [*(first_of[n] for n in begins), len(transcript.words)]
    borders[0] = 0
    return tuple(
        Stretch(steps[chosen[n]].section, first, end)
        for n, (first, end) in zip(begins, pairwise(borders), strict=True)
    )


def part_of(hearing: Hearing, stretch: Stretch) -> Hearing:
    """What is heard in this stretch; its times still count from the beginning of the take."""
    words = hearing.transcript.words
    told = words[stretch.first : stretch.end]
    start_s = words[stretch.first].start_s if stretch.first else 0.0
    end_s = words[stretch.end].start_s if stretch.end < len(words) else hearing.recorded_s
    if hearing.speech is None or start_s is None or end_s is None:
        return Hearing(Transcript(told))
    return Hearing(
        Transcript(told),
        speech=tuple(_clipped(hearing.speech, start_s, end_s)),
        recorded_s=hearing.recorded_s,
        fillers=tuple(um for um in hearing.fillers if start_s <= (um.start_s or 0.0) < end_s),
    )


def _clipped(speech: Sequence[Span], start_s: float, end_s: float) -> list[Span]:
    spans = (Span(max(span.start_s, start_s), min(span.end_s, end_s)) for span in speech)
    return [span for span in spans if span.duration_s > 0]


def _weights(
    passages: Sequence[Passage], step: Prompt, transcript: Transcript
) -> tuple[float, ...]:
    """For each sentence, what in its words speaks for this step."""
    quotes = [point.quote for point in cover(step.key_points, transcript) if point.quote]
    places = [transcript.text.find(quote) for quote in quotes]
    cues = _PATTERNS.get(step.section, ())
    return tuple(
        sum(weight for pattern, weight in cues if pattern.search(passage.quote.lower()))
        + _KEY_POINT * sum(passage.start_char <= place < passage.end_char for place in places)
        for passage in passages
    )


def _shares(steps: Sequence[Prompt]) -> list[tuple[float, float]]:
    """From which share of the answer to which each step is expected, by the targets."""
    targets = [step.target_s or 1.0 for step in steps]
    ends = [end / sum(targets) for end in accumulate(targets)]
    return list(pairwise([0.0, *ends]))


def _middles(passages: Sequence[Passage]) -> list[float]:
    """At which share of the answer's words the middle of each sentence stands."""
    ends = list(accumulate(passage.words for passage in passages))
    return [
        (end - passage.words / 2) / ends[-1] for passage, end in zip(passages, ends, strict=True)
    ]


def _best(
    weights: Sequence[Sequence[float]],
    bars: Sequence[float],
    shares: Sequence[tuple[float, float]],
    middles: Sequence[float],
) -> list[int]:
    """Which step each sentence belongs to: the division with the highest sum."""
    steps = range(len(weights))
    reached = [0.0] * len(steps)
    came_from: list[list[int]] = []
    for number, middle in enumerate(middles):
        scores, origins = [], []
        for step, (begin, end) in enumerate(shares):
            weight = weights[step][number]
            opens = (_OPENS if weight >= _OPENING else 0.0) - bars[step]
            score, origin = max(
                (reached[before] + (0.0 if number and before == step else opens), before)
                for before in (range(step + 1) if number else (step,))
            )
            away = max(begin - middle, middle - end, 0.0)
            scores.append(score + weight - _PER_SHARE_AWAY * away)
            origins.append(origin)
        reached = scores
        came_from.append(origins)
    chosen = [max(steps, key=reached.__getitem__)]
    for origins in reversed(came_from[1:]):
        chosen.append(origins[chosen[-1]])
    return chosen[::-1]
