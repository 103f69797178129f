"""Images: decoded and written anew, so that only the picture is kept of what was sent.

Place and time of a photograph, comments and bytes behind the picture are lost on purpose.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from django.conf import settings
from PIL import Image, ImageCms, ImageOps

from .refusals import Refused, not_as_named, side_too_long, too_many_pixels

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
LONGEST_SIDE = 20_000
MOST_SCANS = 100
"""Scans of a progressive JPEG. It usually has some 10, and each one covers the whole picture."""

WRITTEN_AS = {
    JPEG: ("JPEG", {"quality": 90}),
    PNG: ("PNG", {}),
    WEBP: ("WEBP", {"quality": 90}),
}
PLAIN_MODES = {
    JPEG: ("L", "RGB"),
    PNG: ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    WEBP: ("RGB", "RGBA"),
}
DAMAGES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""The exceptions that Pillow raises for damaged pictures."""


@dataclass(frozen=True, slots=True)
class CleanImage:
    content: bytes
    width: int
    height: int


def clean(content, media_type, ending, longest_side=None):
    """The picture in `content`, upright and written anew. Raises Refused."""
    format, options = WRITTEN_AS[media_type]
    try:
        # Pillow's warnings about a stranger's picture would fill the log.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            refuse_hidden_size(content, media_type)
            with Image.open(io.BytesIO(content), formats=[format]) as opened:
                refuse_size(*opened.size)
                picture = prepare(opened, media_type, longest_side)
            written = io.BytesIO()
            picture.save(written, format, **options)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise too_many_pixels() from None
    except DAMAGES as error:
        raise not_as_named(ending) from error
    return CleanImage(written.getvalue(), *picture.size)


def refuse_hidden_size(content, media_type):
    """Refuse what costs much before Pillow tells the size, or costs much in spite of the size."""
    if media_type == WEBP:
        refuse_size(*webp_size(content))
    # These two bytes start a scan and occur nowhere within one.
    if media_type == JPEG and content.count(b"\xff\xda") > MOST_SCANS:
        raise ValueError("There are too many scans.")


def webp_size(content):
    """The size in the first chunk. Pillow allocates the whole canvas as soon as it opens a WebP."""
    start = content[:30].ljust(30, b"\0")
    if start[12:16] == b"VP8X":
        sides = (int.from_bytes(start[at : at + 3], "little") for at in (24, 27))
        return tuple(side + 1 for side in sides)
    if start[12:16] == b"VP8L":
        bits = int.from_bytes(start[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return tuple(side & 0x3FFF for side in struct.unpack("<2H", start[26:30]))


def refuse_size(width, height):
    if width * height > settings.UPLOAD_MAX_PIXELS:
        raise too_many_pixels()
    if max(width, height) > LONGEST_SIDE:
        raise side_too_long(LONGEST_SIDE)


def prepare(opened, media_type, longest_side):
    """The first picture of the file, upright, in plain colours, with no side that is too long."""
    if longest_side:
        opened.draft(None, (longest_side, longest_side))
    opened.load()
    picture = to_plain_colours(ImageOps.exif_transpose(opened), media_type)
    if longest_side and max(picture.size) > longest_side:
        picture = scale_down(picture, longest_side)
    kept = {"transparency"} if media_type == PNG else set()
    picture.info = {name: value for name, value in picture.info.items() if name in kept}
    return picture


def to_plain_colours(picture, media_type):
    """The picture in a mode that every program shows."""
    picture = to_srgb(picture)
    if picture.mode in PLAIN_MODES[media_type] and picture.mode != "P":
        return picture
    if picture.mode == "P" and media_type == PNG:
        return picture
    if picture.mode.startswith("I") and media_type == PNG:
        return picture.convert("I;16")
    has_alpha = media_type != JPEG and picture.has_transparency_data
    return picture.convert("RGBA" if has_alpha else "RGB")


def to_srgb(picture):
    """The picture in sRGB, which programs assume where there is no colour profile."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("L", "RGB", "CMYK"):
        return picture
    try:
        own, common = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, common, outputMode="RGB")
    except (ImageCms.PyCMSError, *DAMAGES):
        return picture


def scale_down(picture, longest_side):
    if picture.mode in ("1", "P", "I;16") or "transparency" in picture.info:
        picture = in_eight_bits(picture)
    picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS, reducing_gap=3)
    return picture


def in_eight_bits(picture):
    """The picture as grey, RGB or RGBA with 8 bits for each colour, as all formats have it."""
    if picture.mode.startswith("I;16"):
        # Pillow's own conversion cuts all that is brighter than the darkest 256th: it gets white.
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
