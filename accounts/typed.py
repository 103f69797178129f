"""What somebody typed into a form whose POST was not taken: they were signed out meanwhile, or the
token of the page was stale. The form is shown again with it; nothing of it is saved.

A view shows it by `shows_typed`. Until they have signed in, the sign-in page carries it, signed;
then their session does, until the form's address is opened.
"""

import re
from dataclasses import asdict, dataclass
from functools import wraps

from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

SIGNED_OUT = _("You had been signed out. Nothing is saved yet: look through it and save.")
STALE = _(
    "The page was older than your sign-in. Nothing is saved yet: look through it and save again."
)
FILE_LOST = _("Please choose the file “%(name)s” once more.")

SALT = "accounts.typed"
IN_SESSION = "typed"
OLDEST_SECONDS = 12 * 60 * 60
MOST_CHARACTERS = 1_500_000
"""Of the signed text. A longer one stays in the browser's page: “Back” leads to it."""

NOT_KEPT = re.compile("csrfmiddlewaretoken|.*password.*", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """`texts`: name of a field → what was posted; `files`: name of a field → name of the file;
    `reason`: why it is shown and not saved, by default that its author had been signed out.
    """

    address: str
    texts: dict
    files: dict
    reason: str = ""

    @classmethod
    def in_post(cls, request):
        texts = {name: values for name, values in request.POST.lists() if not NOT_KEPT.match(name)}
        files = {name: file.name for name, file in request.FILES.items()}
        return cls(request.get_full_path(), texts, files)

    @classmethod
    def read(cls, signed):
        """What `sign` made; None if that is too old, or made by nobody here."""
        try:
            return cls(**signing.loads(signed, salt=SALT, max_age=OLDEST_SECONDS))
        except signing.BadSignature:
            return None

    def sign(self):
        """As a signed text; empty if it is too long."""
        signed = signing.dumps(asdict(self), salt=SALT, compress=True)
        return signed if len(signed) <= MOST_CHARACTERS else ""

    def keep(self, session):
        session[IN_SESSION] = self.sign()

    def put_into(self, request, reason):
        """Make `request` the POST of it, which views show and do not save, for this reason."""
        post = QueryDict(mutable=True)
        for name, values in self.texts.items():
            post.setlist(name, values)
        request.method, request.POST, request._files = "POST", post, MultiValueDict()
        request.unsaved, request.lost_files = reason, self.files


def unsaved_reason(request):
    """Why what `request` posts is only shown; empty if it is to be saved."""
    return getattr(request, "unsaved", "")


def show_unsaved(view, *args, **kwargs):
    """What the view answers; whatever it writes all the same is rolled back."""
    with transaction.atomic():
        response = view(*args, **kwargs)
        if hasattr(response, "render"):
            response.render()
        transaction.set_rollback(True)
    return response


def is_shown_again(address):
    """Whether the view at this address shows what was typed again."""
    try:
        view = resolve(address.partition("?")[0]).func
    except Resolver404:
        return False
    return getattr(view, "shows_typed", False)


def shows_typed(view):
    """For views of forms, methods of an admin: show what was typed before the user signed in.

    Where `unsaved_reason` gives a reason, the view must tell it and not save.
    """

    @wraps(view)
    def wrapper(self, request, *args, **kwargs):
        if request.method == "GET" and IN_SESSION in request.session:
            typed = Typed.read(request.session[IN_SESSION])
            if typed is None or typed.address == request.get_full_path():
                del request.session[IN_SESSION]
            if typed is not None and typed.address == request.get_full_path():
                typed.put_into(request, typed.reason or SIGNED_OUT)
                return show_unsaved(view, self, request, *args, **kwargs)
        return view(self, request, *args, **kwargs)

    wrapper.shows_typed = True
    return wrapper


class ShownAgain:
    """For forms that are shown with what was typed: says why, and is never valid."""

    unsaved = ""
    lost_files = {}

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, self.unsaved)
        for name, file in self.lost_files.items():
            self.add_error(name if name in self.fields else None, FILE_LOST % {"name": file})
        return cleaned


def shown_again(form, request):
    """`form`, a class of forms, as `ShownAgain` if what `request` posts is only shown."""
    reason = unsaved_reason(request)
    if not reason:
        return form
    own = {"unsaved": reason, "lost_files": getattr(request, "lost_files", {})}
    return type(form)(form.__name__, (ShownAgain, form), {"__module__": form.__module__, **own})
