from urllib.parse import urlencode

from django import template
from django.core.exceptions import FieldDoesNotExist

from accounts.typed import is_shown_again

from ..language_fields import LIST_ID, LanguageField, named_languages
from ..people import display_name

register = template.Library()


@register.simple_tag(takes_context=True)
def name_of(context, person):
    """The name of a person as the reader of the page may see it."""
    return display_name(person, context["request"].user)


@register.inclusion_tag("admin/language_list.html", takes_context=True)
def language_list(context):
    """The names that the fields for languages of a page offer; nothing where there is none."""
    forms = [context["adminform"].form] if "adminform" in context else []
    forms += [one.formset.form for one in context.get("inline_admin_formsets", ())]
    fields = (field for form in forms for field in form.base_fields.values())
    has_language = any(isinstance(field, LanguageField) for field in fields)
    return {"list_id": LIST_ID, "languages": named_languages() if has_language else ()}


@register.inclusion_tag("admin/place_button.html", takes_context=True)
def place_button(context):
    """The button that leads to a map, where the form is shown again with the place from there."""
    address = context["request"].get_full_path()
    original = context.get("original")
    query = {"form": address, "country": original.country.code if original else ""}
    return {"query": urlencode(query) if is_shown_again(address) else ""}


@register.filter
def is_open(fieldset):
    """Whether a section is unfolded: one of the class `folded` only where something is in it."""
    if "folded" not in fieldset.classes.split():
        return True
    shown = [field.field for line in fieldset for field in line if not field.is_readonly]
    return any(one.value() or getattr(one.field, "comments", ()) for one in shown)


@register.simple_tag(takes_context=True)
def read_only(context, field):
    """The contents of a read-only field, as Django's, without a link that the user may not follow.

    Django links a foreign key to its page in the admin, whoever asks.
    """
    site, row = field.model_admin.admin_site, field.form.instance
    try:
        relation = row._meta.get_field(field.field["name"])
    except FieldDoesNotExist:
        return field.contents()
    if relation.many_to_one and site.is_registered(relation.related_model):
        related = getattr(row, relation.name)
        page = site.get_model_admin(relation.related_model)
        if related is not None and not page.has_view_permission(context["request"], related):
            return str(related)
    return field.contents()
