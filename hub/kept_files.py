"""Sent files that wait until the rest of their form is right, so that nobody chooses them twice.

They lie in the folder of the uploads and belong to no row; nothing serves them. The form carries a
signed token for each. `remove_unused_files` removes those that were left behind.
"""

import uuid

from django import forms
from django.core import signing
from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .models import Upload
from .models.upload import FOLDER

KEPT_FOLDER = "kept"
KEPT_SECONDS = 24 * 60 * 60
TOKEN, DROPPED = "-sent", "-drop"  # noqa: S105 (endings of the names of form fields)
"""Endings of the names of two more inputs: the token, and the checkbox that gives the file up."""

GONE = _("The file is no longer there: please choose it once more.")

SALT = "hub.kept_files"


class KeptFile(File):
    """A kept file under the name that its sender gave it."""

    def __init__(self, path, name, token):
        super().__init__(storage().open(path), name=name)
        self.path, self.token, self.size = path, token, storage().size(path)

    @property
    def description(self):
        return filesizeformat(self.size)

    def delete(self):
        self.close()
        storage().delete(self.path)


def storage():
    return Upload._meta.get_field("file").storage


def keep(user, file):
    """Keep a file that `user` has sent; None if there is no room on the disk."""
    if isinstance(file, KeptFile):
        return file
    file.seek(0)
    try:
        path = storage().save(f"{FOLDER}/{KEPT_FOLDER}/{uuid.uuid4().hex}", file)
    except OSError:
        return None
    token = signing.dumps([user.pk, path, file.name], salt=SALT)
    kept = KeptFile(path, file.name, token)
    kept.close()
    return kept


def find(user, token):
    """The file that was kept for `user`; None if it is gone, too old, or another person's."""
    try:
        owner, path, name = signing.loads(token, salt=SALT, max_age=KEPT_SECONDS)
        return KeptFile(path, name, token) if owner == user.pk else None
    except (signing.BadSignature, OSError):
        return None


def add_kept(user, data, files, names):
    """Put kept files into `files` of a request, which closes them, where nothing was sent anew.

    `names`: those of the inputs. Returns the names of the inputs whose kept file is gone.
    """
    gone = []
    for name in names:
        token = data.get(name + TOKEN)
        if token and name not in files and name + DROPPED not in data:
            if file := find(user, token):
                files[name] = file
            else:
                gone.append(name)
    return gone


def forget(files):
    """Remove the kept ones among these files, once what was made of them is stored."""
    for file in files.values():
        if isinstance(file, KeptFile):
            transaction.on_commit(file.delete)


def render_kept(name, file, attrs):
    """The inputs for a kept file, as HTML; empty if there is none."""
    if file is None:
        return SafeString()
    context = {
        "file": file,
        "token_name": name + TOKEN,
        "dropped_name": name + DROPPED,
        "id": attrs.get("id"),
    }
    return render_to_string("admin/hub/kept_file.html", context)


class KeptFileInput(forms.FileInput):
    """An input for a file, with the one that was kept, if any, as `kept`."""

    kept = None

    def render(self, name, value, attrs=None, renderer=None):
        html = super().render(name, value, attrs, renderer)
        return html + render_kept(name, self.kept, attrs or {})
