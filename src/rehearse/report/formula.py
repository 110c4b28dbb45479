"""How the verdict is reached, in words: the numbers come from the formula itself."""

from rehearse.feedback import verdict


def explain_verdict() -> str:
    """The formula, its thresholds and its source."""
    thresholds = "\n  ".join(
        f"{decision.replace('_', ' ')} from {least:g}" for least, decision in verdict.THRESHOLDS
    )
    return f"""VERDICT: what a bar raiser would decide, out of 10 points

  own work     {verdict.OWN_WORK_POINTS:g} x the share of the acting time that is "I",
               less {verdict.HANDOFF_COSTS:g} for each hand-off, {verdict.ASSIGNED_COSTS:g} for work given to you
  result       1 each: a number that changed, what it was worth, what lasted
  boundary     1 where it is said whose job it was
  reflection   1 where the lesson belongs to this story
  time         1 where no step passed its limit

Thresholds:
  {thresholds}
Whoever hands off, or owns less than {verdict.OWN_SHARE_FOR_HIRE:.0%} of the acting time, is at most
leaning no hire.
Without a number that changed, nobody is a strong hire.
Not enough: fewer than {verdict.FEWEST_WORDS} words, or steps that were not told.

Source: the walkthrough that this project started with (own work and scope
decide; a result is a changed number, its price and a second-order effect).
The weights are ours: they order answers, and they are no forecast."""
