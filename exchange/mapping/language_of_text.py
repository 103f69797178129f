"""The language of a list: by its letters, and by the small words that each language has."""

import re
from collections import Counter

from ..downloaded import languages

SMALL_WORDS = {
    "en": "the of and to in for is with on by at from are this will be as that an or all its",
    "fr": "le la les des du de et en un une pour dans sur par avec aux est au ce qui sont plus",
    "es": "el la los las del de y en un una para con por que se al es como más su sus entre",
    "pt": "o a os as do da dos das de e em um uma para com por que na no nas nos ao à são não",
    "it": "il lo la gli le di del della dei delle e in un una per con che nel nella al sono",
    "de": "der die das und in den von zu mit für auf im ein eine ist des dem werden durch bei",
    "nl": "de het een van en in op voor met te bij is door aan zijn naar wordt worden uit ook",
    "sv": "och i att en det som på är av för med till den har de inte om ett från ska",
    "da": "og i at en det som på er af for med til den har de ikke om et fra skal ved",
    "nb": "og i å en det som på er av for med til den har de ikke om et fra skal ved",
    "fi": "ja on ei se että kun myös tai sekä mutta ovat ole kanssa joka jotka oli sen",
    "pl": "i w na z do się nie że jest o dla po przez od oraz jak to za są ze",
    "cs": "a v na se je s z do o pro že k za od ve které jsou po při nebo jako",
    "sk": "a v na sa je s z do o pre že k za od vo ktoré sú po pri alebo ako",
    "hu": "a az és hogy is nem egy van meg ez vagy csak mint de már volt által való között",
    "ro": "și în de la cu pe din care nu este un o pentru sau prin sunt al ale ca mai",
    "tr": "ve bir bu için ile da de olarak olan en gibi daha çok veya her kadar sonra ki",
    "id": "dan di yang untuk dengan pada dari ini dalam oleh adalah ke sebagai atau akan",
    "vi": "và của các trong là cho có được với những một không đến từ khi để tại về",
    "ca": "el la els les del de i en un una per amb que al és com més dels a o",
    "hr": "i u na je se za od da su s koji kao po ili iz do o te ne",
    "ru": "и в на с по для не от из к о за что это как при или до",
    "uk": "і в на з по для не від із до та у за що це як при або її",
    "bg": "и в на с по за не от до да са се е които като или при",
    "ar": "في من على إلى و عن مع أن التي هذا هذه بين الى لا ما كل",
    "fa": "و در به از که این با است برای را آن یک های می تا بر",
}
"""Tag → its commonest small words."""

WORDS_OF = {tag: frozenset(words.split()) for tag, words in SMALL_WORDS.items()}
WORD = re.compile(r"[^\W\d_]+")
LEAST, LEAD = 6, 1.4
"""So many small words there must be, so many times those of any other language."""

ALIKE = ({"da", "nb"}, {"cs", "sk"})
"""Languages that share too many words to be told apart by them: of these nothing is said."""

MOST_LETTERS = 30_000


def guess(texts):
    """The tag of the language of some texts; "" where it is not clear."""
    sample, length = [], 0
    for text in texts:
        sample.append(text)
        length += len(text)
        if length > MOST_LETTERS:
            break
    text = " ".join(sample)
    return languages.guess(text) or by_small_words(text)


def by_small_words(text):
    counts = Counter(WORD.findall(text.casefold()))
    scores = {tag: score_of(counts, words) for tag, words in WORDS_OF.items()}
    (first, most), (second, next_most) = Counter(scores).most_common(2)
    if most < LEAST or {first, second} in ALIKE and most < LEAD * next_most:
        return ""
    return first if most >= LEAD * max(next_most, 1) else ""


def score_of(counts, words):
    """How many of a text's words are these, words of one letter half."""
    return sum(counts[word] * (0.5 if len(word) == 1 else 1) for word in words)
