"""English words in searches: their endings, and those that tell nothing. Both rules are ours.

“wetlands” finds wetland, “restoring” finds restore and restoration. The rule knows no dictionary
and no database: SQLite and PostgreSQL find the same.
"""

LEFT_OUT = frozenset(
    "a about an and are by can city cities do does for from how in is it of on or our that the "
    "their they this to what where which who with".split()
)
"""Words of a question that would only keep its answers from being found."""

UNCHANGED = frozenset(("news", "series", "species"))
"""Words that end like a plural and have none of their own."""

ENDINGS = (("ation", 4), ("ement", 4), ("tion", 5), ("ment", 5), ("ing", 4), ("ed", 4), ("e", 5))
"""What a word of several forms may end with, and how many letters have to stay."""

DOUBLED = frozenset("bb dd gg mm nn pp rr tt".split())
"""Letters doubled before -ing and -ed, as in planning."""

SHORTEST = 4
VOWELS = "aeiou"


def beginnings(word):
    """The beginnings of a folded word by which its other forms are found; mostly one."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()) or word in UNCHANGED:
        return (word,)
    if word.endswith("ies"):
        return f"{word[:-3]}y", word[:-1]
    if word.endswith("y") and word[-2] not in VOWELS:
        return word, f"{word[:-1]}ie"
    return (without_ending(singular(word)),)


def singular(word):
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def without_ending(word):
    for ending, least in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= least:
            is_doubled = ending in ("ing", "ed") and stem[-2:] in DOUBLED and len(stem) > least
            return stem[:-1] if is_doubled else stem
    return word


def without_question_words(words):
    """`words` without those that tell nothing; all of them where nothing else is left."""
    return [word for word in words if word not in LEFT_OUT] or words
