"""Word forms → one stem: "noticed", "notices" → "notic"; "told", "telling" → "tell".

Crude by design: both sides of a comparison are stemmed alike, so a stem need not be a word.
"""

from functools import lru_cache

_SHORTEST = 3
_ENDINGS = ("ingly", "edly", "ments", "ment", "ings", "ing", "ed", "ly")
_DOUBLED = frozenset("bdgmnprt")

_IRREGULAR = {
    form: verb
    for verb, *forms in (
        line.split()
        for line in """
be is was were are am been being 's 're 'm
have has had having 've 'd
do did does done doing
go went gone goes
say said
see saw seen
tell told
make made
take took taken
get got gotten
give gave given
find found
know knew known
think thought
come came
become became
leave left
keep kept
hold held
bring brought
buy bought
begin began begun
write wrote written
rewrite rewrote rewritten
read reads
run ran
rise rose risen
fall fell fallen
grow grew grown
break broke broken
speak spoke spoken
choose chose chosen
drive drove driven
ride rode ridden
draw drew drawn
show shown
meet met
pay paid
lay laid
put puts putting
cut cuts cutting
set sets setting
hit hits hitting
hurt hurts
let lets letting
lead led
feel felt
hear heard
build built
rebuild rebuilt
send sent
spend spent
lend lent
lose lost
win won
sit sat
stand stood
stick stuck
strike struck
catch caught
teach taught
fight fought
sell sold
understand understood
sign signed
mean meant
sleep slept
wake woke woken
shrink shrank shrunk
sink sank sunk
withdraw withdrew withdrawn
hide hid hidden
dig dug
ring rang rung
swing swung
undergo underwent
undo undid undone
redo redid redone
overcome overcame
forget forgot forgotten
steer steered
quit quits
split splits splitting
freeze froze frozen
throw threw thrown
tear tore torn
wear wore worn
swear swore
fly flew flown
shut shuts
cost costs
deal dealt
seek sought
steal stole
foresee foresaw
person people
child children
man men
woman women
wife wives
half halves
analysis analyses
life lives
lesson lessons
news news
always always
process processes processed processing
address addressed addresses
access accessed
business businesses
loss losses
less lesser
family families
reply replies replied replying
rely relies relied relying
only
early
supply supplies supplied
apply applies applied applying
nothing
none
nobody
someone somebody
anyone anybody
everyone everybody
nowhere
hardly
barely
file files filed filing
thing things
morning mornings
evening evenings
meeting meetings
""".strip().splitlines()
    )
    for form in (verb, *forms)
}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one bare lower-case word."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if not word.isalpha() or len(word) <= _SHORTEST:
        return word
    return _closed(_without_ending(_singular(word)))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    if word.endswith(("ied", "eed")):
        return word[:-3] + "y" if word.endswith("ied") else word[:-1]
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) >= _SHORTEST and any(letter in "aeiouy" for letter in root):
            is_doubled = len(root) > _SHORTEST and root[-1] == root[-2] and root[-1] in _DOUBLED
            return root[:-1] if is_doubled and ending in ("ing", "ed", "ings") else root
    return word


def _closed(word: str) -> str:
    """Without the last e, and with i for y, so that "notice" and "noticing" meet."""
    word = _IRREGULAR.get(word, word)
    if word.endswith("e") and len(word) > _SHORTEST:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > _SHORTEST else word
