"""The names of languages, by their BCP 47 tags, in the reader's own language."""

import re
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from .folding import fold

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")

UNNAMED_BY_DJANGO = {
    "am": gettext_lazy("Amharic"),
    "fil": gettext_lazy("Filipino"),
    "gn": gettext_lazy("Guarani"),
    "mi": gettext_lazy("Māori"),
    "qu": gettext_lazy("Quechua"),
    "rw": gettext_lazy("Kinyarwanda"),
    "so": gettext_lazy("Somali"),
    "yue": gettext_lazy("Cantonese"),
    "zh": gettext_lazy("Chinese"),
}


def language_name(tag):
    """The language's name in the active language; the tag itself where no name is known.

    A script or region without a name of its own is dropped: `es-MX` is Spanish.
    """
    parts = tag.lower().split("-")
    for end in range(len(parts), 0, -1):
        known = "-".join(parts[:end])
        if known in UNNAMED_BY_DJANGO:
            return str(UNNAMED_BY_DJANGO[known])
        try:
            return str(get_language_info(known)["name_translated"])
        except KeyError:
            continue
    return tag


def language_label(tag):
    """The name with the tag, because two tags can have the same name."""
    name = language_name(tag)
    return tag if name == tag else _("%(name)s (%(tag)s)") % {"name": name, "tag": tag}


def canonical_tag(tag):
    """A tag in the usual upper and lower case: zh-Hans, pt-BR."""
    main, *rest = tag.split("-")
    return "-".join([main.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])


NATIVE_NAMES = {"am": "አማርኛ", "ar": "العربية", "fil": "Filipino", "yue": "粵語", "zh": "中文"}


def native_name(tag):
    """The language's name in itself; the tag where it is not known."""
    parts = tag.lower().split("-")
    for end in range(len(parts), 0, -1):
        known = "-".join(parts[:end])
        if known in NATIVE_NAMES:
            return NATIVE_NAMES[known]
        try:
            return get_language_info(known)["name_local"]
        except KeyError:
            continue
    return tag


def known_tags():
    """The tags of the languages that have names, in their usual spelling."""
    named = (tag for tag, info in LANG_INFO.items() if "name" in info)
    return [canonical_tag(tag) for tag in {**dict.fromkeys(named), **UNNAMED_BY_DJANGO}]


def words_of_tag(tag):
    """How forms show a tag: by a name that `tag_of` reads as this tag again."""
    name = language_name(tag)
    return name if tag_of(name) == canonical_tag(tag) else language_label(tag)


def tag_of(words):
    """The tag of a language that is named in the reader's language, in English, or in itself; None
    where none has this name.

    “Chinese (Simplified)” is read as “Simplified Chinese”, “Chinese (zh-Hans)” by its tag.
    """
    names = _tags_by_name(get_language())
    if found := names.get(fold(words)):
        return found
    if in_brackets := re.fullmatch(r"(.+?)\s*\((.+)\)\s*", words):
        name, addition = in_brackets.groups()
        if TAG.fullmatch(addition):
            return canonical_tag(addition)
        return names.get(fold(f"{addition} {name}"))
    return None


@cache
def _tags_by_name(_reader):
    names = {}
    for tag in known_tags():
        english = LANG_INFO.get(tag.lower(), {}).get("name", "")
        for name in (native_name(tag), english, language_name(tag)):
            names[fold(name)] = tag
    names.pop("", None)
    return names
