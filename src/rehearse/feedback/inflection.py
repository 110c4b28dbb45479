"""The forms of an English verb: fix, fixes, fixed, fixing. Knows no rules and no sentences.

Forms that no one says ("stoped") do no harm in a list of words to look for, so where a spelling is
uncertain both are given.
"""

from functools import cache

# base, past and past participle where they differ from the base with -ed
_IRREGULAR = {
    base: tuple(others)
    for base, *others in (
        line.split()
        for line in """
    arise arose arisen
    awake awoke awoken
    bear bore borne
    beat beat beaten
    become became become
    begin began begun
    bend bent
    bet bet
    bid bid
    bind bound
    bite bit bitten
    bleed bled
    blow blew blown
    break broke broken
    breed bred
    bring brought
    broadcast broadcast
    build built
    burn burned burnt
    burst burst
    buy bought
    catch caught
    choose chose chosen
    cling clung
    come came come
    cost cost
    creep crept
    cut cut
    deal dealt
    dig dug
    do does did done doing
    draw drew drawn
    dream dreamed dreamt
    drink drank drunk
    drive drove driven
    eat ate eaten
    fall fell fallen
    feed fed
    feel felt
    fight fought
    find found
    flee fled
    fling flung
    fly flew flown
    forbid forbade forbidden
    forecast forecast
    foresee foresaw foreseen
    forget forgot forgotten
    forgive forgave forgiven
    freeze froze frozen
    get got gotten
    give gave given
    go goes went gone going
    grind ground
    grow grew grown
    hang hung
    have has had
    hear heard
    hide hid hidden
    hit hit
    hold held
    hurt hurt
    input input
    keep kept
    kneel knelt
    know knew known
    lay laid
    lead led
    lean leaned leant
    leap leaped leapt
    learn learned learnt
    leave left
    lend lent
    let let
    lie lay lain lied lying
    light lit
    lose lost
    make made
    mean meant
    meet met
    mislay mislaid
    mislead misled
    mistake mistook mistaken
    misunderstand misunderstood
    mow mown
    offset offset
    outdo outdid outdone
    outsell outsold
    overcome overcame overcome
    overdo overdid overdone
    overhear overheard
    override overrode overridden
    oversee oversaw overseen
    oversell oversold
    overtake overtook overtaken
    overthrow overthrew overthrown
    pay paid
    prove proved proven
    put put
    quit quit
    read read
    rebuild rebuilt
    redo redid redone
    redraw redrew redrawn
    remake remade
    repay repaid
    reset reset
    resend resent
    resell resold
    retake retook retaken
    rethink rethought
    rewrite rewrote rewritten
    rerun reran
    rid rid
    ride rode ridden
    ring rang rung
    rise rose risen
    run ran run
    saw sawed sawn
    say said
    see saw seen
    seek sought
    sell sold
    send sent
    set set
    sew sewn
    shake shook shaken
    shed shed
    shine shone
    shoot shot
    show showed shown
    shrink shrank shrunk
    shut shut
    sing sang sung
    sink sank sunk
    sit sat
    sleep slept
    slide slid
    sling slung
    slit slit
    smell smelled smelt
    sow sown
    speak spoke spoken
    speed sped
    spell spelled spelt
    spend spent
    spill spilled spilt
    spin spun
    split split
    spoil spoiled spoilt
    spread spread
    spring sprang sprung
    stand stood
    steal stole stolen
    stick stuck
    sting stung
    stink stank stunk
    strike struck
    string strung
    strive strove striven
    swear swore sworn
    sweep swept
    swell swelled swollen
    swim swam swum
    swing swung
    take took taken
    teach taught
    tear tore torn
    tell told
    think thought
    throw threw thrown
    thrust thrust
    tread trod trodden
    unbind unbound
    undercut undercut
    undergo underwent undergone
    understand understood
    undertake undertook undertaken
    undo undid undone
    unwind unwound
    uphold upheld
    upset upset
    wake woke woken
    wear wore worn
    weave wove woven
    weep wept
    win won
    wind wound
    withdraw withdrew withdrawn
    withhold withheld
    wring wrung
    write wrote written
    """.splitlines()
        if line.strip()
    )
}
_VOWELS = "aeiou"


@cache
def forms_of(verb: str) -> frozenset[str]:
    """The verb itself, with -s, in the past, as participles and with -ing."""
    past = _IRREGULAR.get(verb) or _with_ending(verb, "ed")
    return frozenset({verb, _with_s(verb), *past, *_with_ending(verb, "ing")})


def _with_s(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _with_ending(verb: str, ending: str) -> tuple[str, ...]:
    if verb.endswith("ie"):
        return (verb + "d",) if ending == "ed" else (verb[:-2] + "ying",)
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return (verb[:-1] + ending,)
    if verb.endswith("ee") and ending == "ed":
        return (verb + "d",)
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS and ending == "ed":
        return (verb[:-1] + "ied",)
    if _may_double(verb):
        return verb + ending, verb + verb[-1] + ending
    return (verb + ending,)


def _may_double(verb: str) -> bool:
    """Whether it ends in one vowel and one consonant, as in stop, plan, refer."""
    if len(verb) < 3 or verb[-1] in _VOWELS + "wxy" or verb[-2] not in _VOWELS:  # noqa: PLR2004
        return False
    return verb[-3] not in _VOWELS or verb[-3:-1] == "ui"
