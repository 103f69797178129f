"""Checks one file for the hub: its name, its size, its content."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from . import images
from .kinds import ADVICE, BY_ENDING, kind_of
from .names import ending_of, plain_name
from .refusals import WrongContent, empty_file, file_too_large, named_wrongly
from .signatures import TITLES, real_ending


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept. `content`: the bytes to keep; `sha256`: of the bytes sent.

    `width` and `height` are those of the image kept, None for other kinds. A file that
    `has_program` is not to be shown by a browser.
    """

    name: str
    media_type: str
    content: bytes
    sha256: str
    width: int | None = None
    height: int | None = None
    has_program: bool = False


def check(name, file, *, images_only=False, longest_side=None):
    """Check `file`, an upload or any file open for reading bytes, which its sender calls `name`.

    `longest_side`: an image with a longer side, in pixels, is scaled down. Raises Refused, and what
    reading `file` itself raises.
    """
    name = plain_name(name)
    ending = ending_of(name)
    kind = kind_of(ending, images_only=images_only)
    sent = read_all(file)
    digest = hashlib.sha256(sent).hexdigest()
    try:
        if kind.is_image:
            image = images.clean(sent, kind.media_type, ending, longest_side)
            return Checked(name, kind.media_type, image.content, digest, image.width, image.height)
        content = kind.check(sent, ending)
    except WrongContent as error:
        raise recognised(sent, ending) or error from error
    has_program = kind.has_program is not None and kind.has_program(content)
    return Checked(name, kind.media_type, content, digest, has_program=has_program)


def recognised(content, ending):
    """The refusal that says what the file is in truth; None where nobody knows better."""
    real = real_ending(content)
    if not real or BY_ENDING.get(real) == BY_ENDING[ending]:
        return None
    if real in BY_ENDING:
        advice = _("Give it the ending .%s and send it again.") % real
    else:
        advice = ADVICE.get(real, _("Send it as PDF, or give a link."))
    return named_wrongly(ending, TITLES[real], advice)


def read_all(file):
    """The bytes of `file`. Of a file that is too large one byte more than the limit is read."""
    most = settings.UPLOAD_MAX_BYTES
    if (getattr(file, "size", None) or 0) > most:
        raise file_too_large(most)
    pieces, left = [], most + 1
    while left and (piece := file.read(left)):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise file_too_large(most)
    if not pieces:
        raise empty_file()
    return b"".join(pieces)
