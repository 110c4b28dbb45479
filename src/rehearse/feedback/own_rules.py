"""A user's own choice: rules switched off, fillers that are style, rules of their own."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import get_args

import msgspec

from rehearse.errors import BadInputError
from rehearse.feedback.rule_places import placed
from rehearse.feedback.ruleset import RuleSet, RuleText, compiled, read_file
from rehearse.feedback.sentences import words_of
from rehearse.scenario import Category, Text


class OwnRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file may hold."""

    off: tuple[Text, ...] = ()
    """Ids of rules, or whole categories."""
    ignore: tuple[Text, ...] = ()
    """Fillers that are not counted."""
    rule: tuple[RuleText, ...] = ()


def with_own_rules(rules: RuleSet, name: str, text: str) -> RuleSet:
    """The rules as this file would have them. Raises BadInputError with line, column and remedy."""
    try:
        return _followed(rules, name, text)
    except BadInputError as error:
        raise BadInputError(f"{placed(str(error), name, text)}{_remedy(str(error))}") from None


def _followed(rules: RuleSet, name: str, text: str) -> RuleSet:
    own = read_file(name, text, OwnRules)
    known = {rule.id for rule in rules.rules}
    _check_names(name, own.off, known | {rule.category for rule in rules.rules})
    for rule in own.rule:
        if rule.id in known:
            raise BadInputError(
                f'{name}: the rule id "{rule.id}" is taken. Choose another, '
                f'or switch the other rule off: off = ["{rule.id}"].'
            )
    kept = (rule for rule in rules.rules if not {rule.id, rule.category} & set(own.off))
    added = (compiled(name, rule) for rule in own.rule)
    ignored = frozenset(words_of(filler) for filler in own.ignore)
    return msgspec.structs.replace(rules, rules=(*kept, *added), ignored=ignored)


def _remedy(problem: str) -> str:
    """What to do where the problem itself does not say it."""
    if "not valid TOML" in problem:
        return " Mend that line, or take it out."
    if "unknown field" in problem:
        holder = RuleText if "$.rule" in problem else OwnRules
        *names, last = holder.__struct_fields__
        return f" What may stand there: {', '.join(names)} and {last}."
    if "Invalid enum value" in problem and ".category" in problem:
        return f" It may be {', '.join(get_args(Category))}."
    if "Expected `" in problem:
        return " The README shows what each key holds."
    return ""


def _check_names(name: str, off: Iterable[str], known: set[str]) -> None:
    for wanted in off:
        if wanted not in known:
            near = get_close_matches(wanted, sorted(known), n=3, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise BadInputError(
                f'{name}: off names "{wanted}", which is no rule and no category.{hint}'
            )
