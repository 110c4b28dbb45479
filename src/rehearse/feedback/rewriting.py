"""What to say instead, with the speaker's own verb: "We rolled it back" → "I rolled it back"."""

import re

from rehearse.feedback.actors import Actor
from rehearse.scenario import Category

_MOST_WORDS = 14
_LINKS = re.compile(
    r"^(?:(?:and|so|but|then|because|um|uh|well|now|first|next|later|finally|eventually|after that|"
    r"in the end),?\s+)+",
    re.IGNORECASE,
)
_WE = (
    (r"\bwe were\b", "I was"),
    (r"\bwe(?:'re| are)\b", "I am"),
    (r"\bwe(?:'ve| have)\b", "I have"),
    (r"\b(?:the|our|my|the whole|the entire) team (?:has|have)\b", "I have"),
    (r"\b(?:the|our|my|the whole|the entire) team (?:were|was)\b", "I was"),
    (r"\b(?:the|our|my|the whole|the entire) team\b", "I"),
    (r"\bwe\b", "I"),
    (r"\bourselves\b", "myself"),
)
_BESIDE = re.compile(
    r" (?:with|alongside|together with) (?:the|our|my|the whole|the entire) team\b", re.IGNORECASE
)
# Nobody has a meeting alone, so "I had a meeting" would be no better.
_MET = re.compile(
    r"\b(?:had|held|was held|were held) (?:\w+ ){0,3}(?:meetings?|calls?|discussions?|chats?|"
    r"conversations?|workshops?|sessions?|brainstorms?)\b|"
    r"\b(?:meeting|workshop|call|session)s? (?:was|were|got) held\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"^(?P<what>(?:[\w'-]+ ){1,6}?)(?:was|were|got|has been|have been|had been) "
    r"(?:\w+ly )?(?P<verb>[\w'-]+)(?P<rest>.*)$",
    re.IGNORECASE,
)
_PAST_OF = {
    "done": "did",
    "taken": "took",
    "written": "wrote",
    "rewritten": "rewrote",
    "drawn": "drew",
    "chosen": "chose",
    "given": "gave",
    "shown": "showed",
    "begun": "began",
    "driven": "drove",
    "spoken": "spoke",
    "thrown": "threw",
    "overseen": "oversaw",
    "seen": "saw",
    "known": "knew",
    "run": "ran",
    "broken": "broke",
    "frozen": "froze",
}


def say_instead(category: Category, actor: Actor, quote: str) -> str:
    """For a clause whose weakness is who acts in it."""
    clause = _short(quote)
    if category == "handoff":
        return f"After “{clause}”, say what you did yourself until it was solved."
    if category == "assigned":
        return "Say what you saw that made you begin, and what you decided to do about it."
    if _MET.search(clause):
        return "Say who called it, what you said there, and what you did with what came of it."
    mine = _as_mine(clause, actor)
    if mine is None:
        return "Name who did this. If it was you, begin with “I” and the same verb."
    return f"If it was you: “{mine}” Then add how you did it. If not, name who did."


def _as_mine(clause: str, actor: Actor) -> str | None:
    if actor == "passive":
        return _active(clause)
    mine = clause
    if _BESIDE.search(mine):
        mine = _BESIDE.sub("", mine)  # "we dug into it with the team": the others are not the point
    for pattern, replacement in _WE:
        mine = re.sub(pattern, replacement, mine, flags=re.IGNORECASE)
    return None if mine == clause else _sentence(mine)


def _active(clause: str) -> str | None:
    """For "a new form was written": "I wrote a new form"."""
    parts = _PASSIVE.match(clause)
    if parts is None:
        return None
    verb = parts["verb"].lower()
    what = parts["what"].strip()
    what = what[:1].lower() + what[1:] if what.split()[0].istitle() else what
    if what == "it" and parts["rest"].lower().startswith((" that ", " to ")):
        what = ""  # "it was decided that": what was decided comes after the verb
    return _sentence(f"I {_PAST_OF.get(verb, verb)} {what}{parts['rest']}".replace("  ", " "))


def _short(quote: str) -> str:
    words = _LINKS.sub("", quote).strip(" ,;:-–—").split()
    if len(words) > _MOST_WORDS:
        return " ".join(words[:_MOST_WORDS]).rstrip(".,;:") + " …"
    return " ".join(words)


def _sentence(text: str) -> str:
    text = text.rstrip(" ,;:-–—")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
