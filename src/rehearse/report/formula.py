"""How the verdict is reached, in words: the numbers come from the formula itself."""

from rehearse.feedback import scoring, verdict


def explain_verdict() -> str:
    """The formula, its thresholds and its source."""
    thresholds = "\n  ".join(
        f"{decision.replace('_', ' ')} from {least:g}" for least, decision in verdict.THRESHOLDS
    )
    flawless = ", ".join(verdict.FLAWLESS_FOR_STRONG)
    return f"""VERDICT: what a bar raiser would decide, out of {scoring.OF:g} points

  own work   {scoring.OWN_WORK_POINTS:g} x the share of the acting time that is "I", without
             what you only passed on or were told to do
  result     {scoring.RESULT_POINTS:g} each: a number that changed, what it was worth, what lasted
  standing   {scoring.STANDING_POINTS:g} where the work was not given to you, and Task says whose it
             was; {scoring.STANDING_POINTS:g} where nobody is blamed
  lesson     {scoring.LESSON_POINTS:g} where it belongs to this story
  time       less {scoring.LIMIT_COSTS:g} for each step past its limit, at most {scoring.MOST_LIMIT_COSTS:g}

Only what was asked is counted; the sum is brought to {scoring.OF:g}.

Thresholds:
  {thresholds}
Whoever owns less than {verdict.OWN_SHARE_FOR_HIRE:.0%} of the acting time ({verdict.OWN_SHARE_UNHIDDEN:.0%} where no phrase hides who
acted), or tells a vague result and no part of a sound one, is at most
leaning no hire.
A strong hire has a number that changed, and lost nothing on
{flawless}.
Not enough: a step without a word, fewer than {verdict.FEWEST_WORDS} words in all, or fewer than
{verdict.FEWEST_WORDS_OF_ACTION} on what you did.

Reasons: what is forgiven least comes first, and the first one is to be fixed.

Source: the walkthrough that this project started with (own work and scope
decide; a result is a changed number, its price and a second-order effect).
The weights are ours: they order answers, and they are no forecast."""
