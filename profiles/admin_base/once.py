"""A form is saved once: a second click on “Save” answers with what the first one did.

Each form carries a token. The change set of what it saved keeps the token, which is unique, and a
digest of what was posted. Of two POSTs at the same time, the later waits for the city's lock, or
for the token, and then finds the change set of the earlier one.
"""

import hashlib
import json
import re
import secrets
from functools import wraps

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from accounts.typed import show_unsaved, unsaved_reason

from ..models import ChangeSet
from ..returning import came_from

FORM_TOKEN = "form_token"  # noqa: S105 (the name of a form field)
TOKEN = re.compile("[0-9a-f]{32}")
NO_CONTENT = re.compile("csrfmiddlewaretoken|_.*")
"""Names of inputs that are no content of a form: the CSRF token and the buttons."""


def new_token():
    return secrets.token_hex(16)


def posted_token(request):
    """The form's token; None if there is none, as in forms that were made by no page."""
    token = request.POST.get(FORM_TOKEN, "")
    return token if TOKEN.fullmatch(token) else None


def digest_of(request):
    texts = [(name, list_) for name, list_ in request.POST.lists() if not NO_CONTENT.match(name)]
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    content = json.dumps([request.path, sorted(texts), sorted(files)])
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()


def earlier_save(request):
    """The change set of what the posted form saved before; None if it has saved nothing."""
    token = posted_token(request)
    own = ChangeSet.objects.filter(user=request.user.pk, form_token=token)
    return own.first() if token else None


def once(view):
    """For views that save the form of a page; methods of an admin with `saved_page`."""

    @wraps(view)
    def wrapper(self, request, *args, **kwargs):
        if request.method != "POST" or not posted_token(request) or unsaved_reason(request):
            return view(self, request, *args, **kwargs)
        request.form_digest = digest_of(request)
        earlier = earlier_save(request)
        if earlier is None:
            try:
                response = view(self, request, *args, **kwargs)
            except IntegrityError:
                earlier = earlier_save(request)
                if earlier is None:
                    raise
            else:
                # Saved here, or shown with errors. Where the other POST was waited for, its own
                # change is the error.
                is_saved = isinstance(response, HttpResponseRedirect)
                earlier = None if is_saved else earlier_save(request)
                if earlier is None:
                    return response
        if earlier.form_digest == request.form_digest:
            messages.info(request, _("This is already saved: it has not been done twice."))
            page = came_from(request) or self.saved_page(request, earlier)
            return HttpResponseRedirect(page)
        ask_to_save_again(request)
        return show_unsaved(view, self, request, *args, **kwargs)

    return wrapper


def ask_to_save_again(request):
    """Let the form be shown with a fresh token: it was changed after it had been saved."""
    request.POST = request.POST.copy()
    request.POST[FORM_TOKEN] = new_token()
    request.unsaved = _(
        "You have saved this form before. What you have changed in it since then is not saved yet: "
        "look through it and save once more."
    )
