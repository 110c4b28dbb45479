"""A scenario file to fill in: blank, or with a story in it that was told once. Knows no disk."""

import json
import re
import textwrap
from collections.abc import Iterator

from rehearse.feedback.coverage import cover
from rehearse.feedback.sentences import split
from rehearse.feedback.splitting import divide
from rehearse.interview import Prompt
from rehearse.printable import printable
from rehearse.scenario import STAR_TARGETS_S
from rehearse.transcript import Transcript

MOST_KEY_POINTS = 5
_WIDTH = 96
_NUMBER = re.compile(
    r"(?:from )?(?:about |nearly |over )?[$£€]?\d[\d.,]*(?:%|[KkMm]\b)?(?: (?:percent|thousand|million|a|per|\w+s\b))?"
    r"(?: (?:a|per) (?:day|night|week|month|year))?(?: to (?:[$£€]?\d[\d.,]*%?|zero|none))?"
)
_DEED = re.compile(
    r"\bI (?:then |also |first )?\w+(?: (?!and\b|but\b|so\b|that\b|because\b)[\w'-]+){0,4}"
)
_LOOSE_ENDS = re.compile(
    r"(?: (?:the|a|an|to|of|in|on|at|for|with|my|our|their|his|her|from|by|as|it))+$"
)

_HEAD = """\
# A scenario of your own. Lines that begin with # are notes: delete them when you need them no more.
# `rehearse check FILE` says whether the file is sound, `rehearse run {name}` rehearses it, and
# `rehearse show webhook-drop` shows what a complete one looks like.

schema: 1
name: {name}                     # the file is called {name}.yaml
company: ""
principle: ""                    # which principle the question is about, such as Ownership

# The question as the interviewer asks it.
question: >-
  Tell me about a time when ...

# What happened, in three or four sentences.
overview: ""

# What to keep in mind while telling it: takeaways: ["...", "..."]
takeaways: []

# Jargon and names that the recogniser should expect. Never a phrase that stands under key_points:
# whoever expects a phrase hears it.
vocabulary: []

steps:
"""
_NOTES = {
    "situation": "Where you were, what was wrong, who suffered from it. One number is enough.",
    "task": "Whose area it was, that nobody sent you, and what you set out to do.",
    "action": 'What you did, one deed after the other, each with "I" and a verb one could film.',
    "result": "The number before and after, what it was worth, and what others do since.",
    "reflection": "A lesson that fits this story only, and what you do differently today.",
}
_PROMPTS = {
    "situation": "What was the situation?",
    "task": "What was your task?",
    "action": "What did you do?",
    "result": "What was the result?",
    "reflection": "What did you learn?",
}
_TAIL = """\

levels:
  - name: mid
    total: 2m-3m                 # how long the whole answer may be
    bar: ""
    expects: []
    reflection: ""

# Follow-ups. asks_when names the weaknesses that make this one the fitting one.
# probes:
#   - question: How did you measure it?
#     probes_for: Whether the figures come from a measurement.
#     asks_when: [no_metric, vague_result, vague_quantity]
#     target: 45s
#     weak: {text: "It got a lot better.", why: "There is no figure before and none after."}
#     strong: {text: "I counted ...", key_line: "I counted ..."}

# The same story told badly, and what is wrong with it. Each quote stands in the text word for word.
# weak_answer:
#   text: "..."
#   flaws:
#     - {quote: "...", why: "..."}
#   verdict: {decision: leaning_no_hire, text: "..."}

# quiz:
#   - question: "..."
#     options: ["...", "..."]
#     answer: 1
#     why: "..."

# The same story for another principle.
# lenses:
#   - {name: dive-deep, angle: "...", emphasise: ["..."], play_down: ["..."]}
"""


def draft(name: str, told: Transcript | None = None) -> str:
    """The file's text. What was told stands in the steps that it was found to belong to."""
    parts = _parts(told) if told else {}
    steps = "\n".join(line for step in STAR_TARGETS_S for line in _step(step, parts.get(step, "")))
    return f"{_HEAD.format(name=name)}{steps}{_TAIL}"


def _parts(told: Transcript) -> dict[str, str]:
    prompts = [
        Prompt(step, "step", "", target_s=seconds) for step, seconds in STAR_TARGETS_S.items()
    ]
    return {
        each.step: " ".join(word.text for word in told.words[each.first : each.end])
        for each in divide(told, prompts)
    }


def _step(step: str, text: str) -> Iterator[str]:
    yield f"  # {_NOTES[step]}"
    yield f"  - name: {step}"
    yield f"    target: {STAR_TARGETS_S[step]:.0f}s"
    if step == "situation":
        yield "    limit: 45s                   # when the interviewer would cut in"
    yield f"    prompt: {_PROMPTS[step]}"
    if text:
        yield "    strong: >-                   # as you told it; make it stronger"
        yield from _wrapped(text)
        yield "    key_points:                  # proposed from your words: keep those that matter"
        points = key_points(text)
        yield from (f"      - {json.dumps(point, ensure_ascii=False)}" for point in points)
        if not points:
            yield "      []"
    else:
        yield '    strong: ""                   # the best way that you could tell it'
        yield "    key_points: []               # what must be said, in a few words each"
    yield '    coaching: ""'
    yield '    mistake: ""'
    yield ""


def _wrapped(text: str) -> list[str]:
    indent = " " * 6
    return textwrap.wrap(
        printable(text),
        width=_WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def key_points(text: str) -> tuple[str, ...]:
    """What one might have to say again: the numbers of it first, then what "I" did, in its words."""
    numbers = [match.group().strip(" .,") for match in _NUMBER.finditer(text)]
    deeds = (
        [
            _LOOSE_ENDS.sub("", match.group())
            for sentence in split(text)
            if (match := _DEED.search(text[sentence.starts_char[0] : sentence.ends_char[-1]]))
        ]
        if text
        else []
    )
    proposed = tuple(dict.fromkeys(printable(point) for point in (*numbers[:2], *deeds)))
    said = cover(proposed, Transcript.from_text(text))
    kept = [point.phrase for point in said if point.said and len(point.phrase.split()) > 1]
    return tuple(sorted(kept[:MOST_KEY_POINTS], key=text.find))
