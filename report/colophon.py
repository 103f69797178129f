"""The end of a document: what its numbers are, how to cite it, of which version it is.

The words are the platform's, not the catalogue's: a version has its own catalogue, which may be
older than they are.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue.atoms import Text
from profiles.writing_systems import platform_text

from .version import redaction_notes, version_line


@dataclass(frozen=True, slots=True)
class Colophon:
    """`about_numbers` are sentences. `version` says of which version the document is, and how new
    its figures are; `redaction_notes` what platform staff have taken out of that version."""

    numbers_title: Text
    about_numbers: tuple[Text, ...]
    cite_title: Text
    version_title: Text
    version: tuple[Text, ...]
    redaction_notes: tuple[Text, ...]


def build(context, version, figures_up_to, redactions, *, has_inferred_targets):
    """The `Colophon` in the active language.

    `redactions`: the `Redaction`s of the version; `has_inferred_targets`: whether actions name
    targets of the global framework.
    """
    language = context.texts.language

    def text(words):
        return platform_text(words, language)

    return Colophon(
        numbers_title=text(_("What these numbers are")),
        about_numbers=tuple(map(text, _about_numbers(has_inferred_targets))),
        cite_title=text(_("How to cite this profile")),
        version_title=text(_("Version and time of the data")),
        version=tuple(map(text, _version(context, version, figures_up_to))),
        redaction_notes=redaction_notes(redactions),
    )


def _about_numbers(has_inferred_targets):
    yield _(
        "The city reports them: texts and figures are its own, printed as it has given them. Where "
        "it has given no year, no year stands beside a figure."
    )
    yield _(
        "We compute counts, shares of the area of the city, and how far each target is: its newest "
        "figure is compared with the straight line from where it started to its year."
    )
    if has_inferred_targets:
        yield _(
            "We infer to which targets of the Global Biodiversity Framework an action contributes. "
            "That is not official."
        )
    yield _("The rules of the levels Starter, Frontrunner and Star are ours. They rank no city.")


def _version(context, version, figures_up_to):
    yield version_line(version)
    if figures_up_to:
        yield _("The newest of its figures were reported on %(day)s.") % {"day": figures_up_to}
    else:
        yield _("It reports no figure yet.")
