"""The names of languages, by their BCP 47 tags, in the reader's own language."""

from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

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
    """What the language is called; for a tag that nobody here can name, the tag itself.

    A script or region that changes no name is left away: `es-MX` is Spanish.
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
    """The name with the tag, which tells apart what has the same name."""
    name = language_name(tag)
    return tag if name == tag else _("%(name)s (%(tag)s)") % {"name": name, "tag": tag}


def usual_form(tag):
    """A tag as it is usually written, whatever its case: zh-Hans, pt-BR."""
    main, *rest = tag.split("-")
    return "-".join([main.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])


NAMES_OF_THEIR_OWN = {"am": "አማርኛ", "ar": "العربية", "fil": "Filipino", "yue": "粵語", "zh": "中文"}


def own_name(tag):
    """What the language calls itself, for those who look for it; else the tag."""
    parts = tag.lower().split("-")
    for end in range(len(parts), 0, -1):
        known = "-".join(parts[:end])
        if known in NAMES_OF_THEIR_OWN:
            return NAMES_OF_THEIR_OWN[known]
        try:
            return get_language_info(known)["name_local"]
        except KeyError:
            continue
    return tag
