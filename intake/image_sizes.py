"""Pictures in the sizes in which they are shown and printed."""

import io

from PIL import Image

from .images import in_eight_bits

OPTIONS = {
    "WEBP": {"quality": 80, "method": 4},
    "JPEG": {"quality": 82, "progressive": True, "optimize": True},
}


def sized(file, width, form):
    """The bytes of a picture, no wider than `width` pixels; `form`: a key of `OPTIONS`.

    Raises one of `images.DAMAGES` where it cannot be read.
    """
    with Image.open(file) as picture:
        picture.draft("RGB", (width, width))
        smaller = _resized(picture, width)
        written = io.BytesIO()
        plain = _flattened(smaller) if form == "JPEG" else in_eight_bits(smaller)
        plain.save(written, form, **OPTIONS[form])
    return written.getvalue()


def _resized(picture, width):
    if picture.width <= width:
        return picture.copy()
    picture = in_eight_bits(picture)
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)


def _flattened(picture):
    """The picture on white: a JPEG has nothing to see through."""
    picture = in_eight_bits(picture)
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
