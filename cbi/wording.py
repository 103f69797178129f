"""The formulas as sentences with the labels of the inputs."""

from string import Formatter

from django.utils.translation import gettext_lazy as _

from .formulas import FORMULAS, Method

SENTENCES = {
    Method.SHARE: _("“{0}” divided by “{1}”, times 100."),
    Method.SHARE_OF_SUM: _("“{0}” divided by the sum of “{0}” and “{1}”, times 100."),
    Method.COHERENCE: _(
        "The areas in “{0}”, each multiplied by itself, are added up. The sum is divided by “{1}”, "
        "which gives the effective mesh size, and once more by “{1}”; times 100."
    ),
    Method.PER_THOUSAND: _("“{0}” in hectares, divided by “{1}”, times 1,000."),
    Method.NET_CHANGE: _("“{1}” less “{2}”."),
    Method.EITHER_SHARE: _(
        "“{0}” divided by “{1}”, times 100. Where both are left empty: “{2}” divided by “{3}”, "
        "times 100."
    ),
    Method.NUMBER: _("The number itself: “{0}”."),
}
"""Method → its sentence; `{0}` is the first input."""


def formula_words(indicator):
    """The formula of an indicator as a sentence; "" without a method or with too few inputs."""
    if not indicator.method:
        return ""
    labels = [str(one.label) for one in indicator.input_rows()]
    if len(labels) < FORMULAS[indicator.method][1]:
        return ""
    return Formatter().vformat(str(SENTENCES[indicator.method]), labels, {})
