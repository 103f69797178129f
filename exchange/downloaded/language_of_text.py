"""The language of some texts: by their letters, and by the small words that each language has."""

import re
from collections import Counter
from math import sqrt

from . import languages

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

WORDS_OF_LISTS = {
    "en": "city trees action actions target area description year measure parks title unit",
    "fr": "action actions description commune ville titre objectif objectifs arbres arbre espaces "
    "verts mesure haies année",
    "es": "ciudad ayuntamiento medida medidas árboles superficie áreas verdes metas título año",
    "pt": "cidade município ação ações árvores medida metas áreas verdes título ano câmara",
    "it": "area comune città alberi azione azioni misura obiettivo obiettivi verde titolo anno",
    "de": "stadt maßnahme maßnahmen beschreibung fläche bäume zuständig beginn ziel jahr titel",
    "nl": "gemeente stad maatregel maatregelen bomen doel beschrijving oppervlakte jaar titel",
    "sv": "kommun kommunen stad staden åtgärd åtgärder träd mål beskrivning yta år",
    "da": "kommune kommunen byen indsats træer handling mål beskrivelse areal år",
    "nb": "kommune kommunen byen tiltak trær handling mål beskrivelse areal år",
    "fi": "kaupunki toimenpide toimenpiteet puut tavoite kuvaus pinta vuosi kunta",
    "pl": "miasto gmina działanie działania drzewa drzew cel opis powierzchnia rok tytuł",
    "cs": "město opatření stromy stromů cíl popis plocha rok název obec",
    "sk": "mesto opatrenie opatrenia stromy stromov cieľ popis plocha rok názov obec",
    "hu": "város intézkedés fák cél leírás terület év cím önkormányzat",
    "ro": "oraș orașul măsură măsuri arbori copaci obiectiv descriere suprafață anul primăria",
    "tr": "şehir belediye eylem ağaç ağaçlar hedef açıklama alan yıl önlem",
    "id": "kota tindakan pohon target deskripsi luas tahun taman kegiatan",
    "vi": "thành phố hành động cây mục tiêu mô tả diện tích năm công viên",
    "ca": "ciutat ajuntament acció accions mesura arbres objectiu descripció superfície any",
    "hr": "grad mjera mjere stabla cilj opis površina godina naziv općina",
    "ru": "город города мероприятие мера деревья деревьев цель описание площадь год название",
    "uk": "місто міста захід заходи дерева дерев мета ціль опис площа рік назва",
    "bg": "град общината мярка мерки дървета цел описание площ година наименование",
    "ar": "مدينة المدينة إجراء أشجار هدف وصف مساحة سنة السنة بلدية",
    "fa": "شهر شهرداری اقدام درختان هدف شرح مساحت سال عنوان",
}
"""Tag → what the lists of cities speak of."""

LETTERS = {
    "fr": "çœèêà",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "de": "ßäöü",
    "sv": "äöå",
    "fi": "äö",
    "da": "æøå",
    "nb": "æøå",
    "pl": "łżśąęńź",
    "cs": "řěů",
    "hu": "őűö",
    "ro": "țșăţş",
    "tr": "ğışü",
    "vi": "ơưđạảấầểễệịọốộớờợụủứừựỳ",
    "uk": "іїєґ",
    "ru": "ыэё",
    "bg": "ъ",
    "fa": "پچژگ",
}
"""Tag → letters that other languages have rarely or never."""

WORDS_OF = {
    tag: frozenset(f"{words} {WORDS_OF_LISTS[tag]}".split()) for tag, words in SMALL_WORDS.items()
}
SHARED = Counter(word for words in WORDS_OF.values() for word in words)
SHARED_LETTERS = Counter(letter for letters in LETTERS.values() for letter in letters)
WORD = re.compile(r"[^\W\d_]+")
MOST_LANGUAGES = 2
"""Words of more languages than these say nothing."""

LEAST, LEAD = 2, 1.4
"""So high a score must be, so many times that of any other language."""

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
    return languages.guess(text) or by_words_and_letters(text.casefold())


def by_words_and_letters(text):
    """The tag of the language whose words and letters stand there; "" where it is not clear.

    What is repeated tells less each time: a list has some words in each of its rows.
    """
    words, letters = Counter(WORD.findall(text)), Counter(text)
    scores = Counter(
        {
            tag: sum(sqrt(words[word]) / SHARED[word] for word in small if tells(word))
            + sum(sqrt(letters[one]) / SHARED_LETTERS[one] for one in LETTERS.get(tag, "")) / 4
            for tag, small in WORDS_OF.items()
        }
    )
    (first, most), (second, next_most) = scores.most_common(2)
    is_clear = most >= LEAST and most >= LEAD * next_most
    return first if is_clear and {first, second} not in ALIKE else ""


def tells(word):
    return len(word) > 1 and SHARED[word] <= MOST_LANGUAGES
