"""Form fields by which a row of a city refers to a resource: by choice, or by its address."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from profiles.admin_base import visible_name
from profiles.admin_base.scope import may_see

from .models import PublicResource, Resource

State = Resource.State


def selectable_for(city, kept=()):
    """The city's own resources in any state, and the public ones of partner organisations.

    `kept`: keys of resources that are chosen already; they stay selectable. If `city` is None,
    only those of partners.
    """
    is_own = Q(city=city) if city is not None else Q(pk__in=())
    is_partners = Q(pk__in=PublicResource.objects.filter(city__isnull=True).values("pk"))
    rows = Resource.objects.filter(is_own | is_partners | Q(pk__in=[pk for pk in kept if pk]))
    return rows.select_related("city").order_by("city__name", "title", "pk")


def may_refer_to(city, resource):
    """Whether a row of `city` may refer to `resource`: to its own, or to any that is public.

    Samples may refer only to resources of samples, and real cities only to those of real ones.
    """
    if resource.city_id == city.pk:
        return True
    is_of_its_kind = resource.city is None or resource.city.is_sample == city.is_sample
    return resource.is_public and is_of_its_kind


@dataclass(frozen=True)
class ResourceAddress:
    """The address of a resource's page, as the primary key of the resource."""

    key: int


def parse_resource_address(text, host):
    """The `ResourceAddress` in `text`; None if it is no address of a resource's page here.

    `host`: the one by which the user came; that of `SITE_URL` is ours as well.
    """
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    own_hosts = {host, urlsplit(settings.SITE_URL).netloc} - {""}
    is_on_host = not parts.scheme and not parts.netloc or parts.netloc in own_hosts
    if not is_on_host or not parts.path.startswith("/"):
        return None
    with override(get_language_from_path(parts.path) or get_language()):
        try:
            match = resolve(parts.path)
        except Resolver404:
            return None
    if match.view_name != "website:resource":
        return None
    # A larger number would overflow the database's integer.
    return ResourceAddress(min(int(match.kwargs["pk"]), 2**62))


class ResourceField(forms.ChoiceField):
    """A choice of resources; each label has the owner, and the state if it is not published.

    `offer` sets the choices for a request: many fields of a page can share one list of rows.
    """

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})
        self.resources = {}
        self.choices = [("", _("none"))]

    def offer(self, resources, request):
        self.resources = {str(resource.pk): resource for resource in resources}
        named = [(key, label_of(resource, request)) for key, resource in self.resources.items()]
        self.choices = [("", _("none")), *named]

    def to_python(self, value):
        value = super().to_python(getattr(value, "pk", value))
        return self.resources.get(value, value or None)

    def valid_value(self, value):
        return isinstance(value, Resource)

    def has_changed(self, initial, data):
        return str(initial or "") != str(data or "")


def label_of(resource, request):
    """Its title and owner. People of other cities read what is approved, not its state."""
    is_own = may_see(request, resource)
    told = resource if is_own else resource.approved
    title = visible_name(request, resource)
    if told is None:
        return title
    notes = [told.organisation if resource.city is None else resource.city.name]
    if is_own and resource.state != State.PUBLISHED:
        notes.append(resource.get_state_display())
    return f"{title} ({', '.join(notes)})"


NO_LINK = _("A link begins with https:// and has no spaces.")


class LinkField(forms.URLField):
    """A URL; the address of a resource's page on this platform becomes a `ResourceAddress`."""

    default_error_messages = {"invalid": NO_LINK}
    host = None

    def clean(self, value):
        named = parse_resource_address(value, self.host) if value and self.host else None
        return named or super().clean(value)


LINK_HELP = _("The address of a resource’s page on this platform may stand here too.")


def accept_resource_addresses(form, link, host):
    """Replace the form's field `link` by a `LinkField`."""
    old = form.fields[link]
    field = LinkField(
        label=old.label,
        help_text=f"{old.help_text} {LINK_HELP}".strip(),
        required=old.required,
        max_length=old.max_length,
        widget=old.widget,
        assume_scheme="https",
    )
    field.host = host
    form.fields[link] = field


def choose_by_address(form, link, choice, city):
    """Move a `ResourceAddress` in `cleaned_data` from the field `link` to the field `choice`.

    Add an error if a row of `city` may not refer to that resource.
    """
    named = form.cleaned_data.get(link)
    if not isinstance(named, ResourceAddress):
        return
    form.cleaned_data[link] = ""
    resource = Resource.objects.filter(pk=named.key).select_related("city").first()
    chosen = form.cleaned_data.get(choice)
    if resource is None or city is None or not may_refer_to(city, resource):
        form.add_error(link, ValidationError(_("No public resource has this address.")))
    elif chosen is not None and chosen != resource:
        form.add_error(link, ValidationError(_("Another resource is chosen already.")))
    else:
        form.cleaned_data[choice] = resource
