import json

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def inline_data(inline):
    """What the script of Django's inlines reads: as Django's, with the name as it is written
    within a sentence, “Add another target”."""
    data = json.loads(inline.inline_formset_data())
    words = _("Add another %(verbose_name)s") % {"verbose_name": inline.opts.verbose_name}
    data["options"]["addText"] = words
    return json.dumps(data)
