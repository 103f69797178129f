"""Images are let in by what they are, and only the picture is kept."""

import contextlib
import hashlib
import io
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from intake import Refused, check
from tests.intake.sendable import huge_png, image, with_chunk, zipped

SCRIPT = b"<script>alert(1)</script>"
FORMATS = {"a.jpg": "JPEG", "a.png": "PNG", "a.webp": "WEBP"}


def taken(name, content, **options):
    return check(name, io.BytesIO(content), **options)


def refusal(name, content, **options):
    with pytest.raises(Refused) as refused:
        taken(name, content, **options)
    return str(refused.value)


def seen(checked):
    return Image.open(io.BytesIO(checked.content))


@pytest.fixture
def undecoded(monkeypatch):
    """Decoding any picture fails the test."""

    def load(self):
        raise AssertionError("The picture was decoded.")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", load)


def photograph(format):
    """Taken upright with a phone that lies on its side, and knows where it is."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 38.0, 7.5), 3: "E", 4: (119.0, 41.0, 2.0)})
    return image(format, exif=exif)


@pytest.mark.parametrize(("name", "format"), FORMATS.items())
def test_a_picture_is_kept_in_its_format(name, format):
    checked = taken(name, image(format))
    assert seen(checked).format == format
    assert (checked.width, checked.height) == (40, 30)
    assert checked.media_type == f"image/{format.lower()}"


@pytest.mark.parametrize(("name", "format"), FORMATS.items())
def test_place_and_camera_are_gone_and_the_picture_is_upright(name, format):
    sent = photograph(format)
    assert b"Secret Camera" in sent
    checked = taken(name, sent)
    picture = seen(checked)
    assert b"Secret Camera" not in checked.content
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(0x8825)
    assert (checked.width, checked.height) == picture.size == (30, 40)
    red, _green, blue = picture.convert("RGB").getpixel((15, 4))
    assert red > 200 > 60 > blue


def test_the_sum_is_of_what_was_sent():
    sent = photograph("JPEG")
    assert taken("a.jpg", sent).sha256 == hashlib.sha256(sent).hexdigest()


def test_texts_in_a_picture_are_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "Secret words")
    notes.add_itxt("XML:com.adobe.xmp", "<x>Secret words</x>")
    png, jpeg = image(pnginfo=notes), image("JPEG", comment=b"Secret words", xmp=b"Secret words")
    webp = image("WEBP", xmp=b"Secret words")
    for name, sent in (("a.png", png), ("a.jpg", jpeg), ("a.webp", webp)):
        assert b"Secret words" in sent
        assert b"Secret words" not in taken(name, sent).content


@pytest.mark.parametrize(("name", "format"), FORMATS.items())
@pytest.mark.parametrize("tail", [SCRIPT, zipped({"run.js": "alert(1)"}), b"\0" * 9])
def test_what_hangs_behind_a_picture_is_gone(name, format, tail):
    content = image(format)
    checked = taken(name, content + tail)
    assert tail not in checked.content
    assert b"PK\x05\x06" not in checked.content
    assert checked.content == taken(name, content).content


def test_a_page_in_the_comment_of_a_jpeg_is_gone():
    assert SCRIPT not in taken("a.jpg", image("JPEG", comment=SCRIPT)).content


def test_a_huge_picture_is_refused_before_it_is_decoded(undecoded):
    content = huge_png()
    assert len(content) < 20_000
    assert "50 million pixels" in refusal("a.png", content)


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 8_000), (2**31 - 1, 2**31 - 1)])
def test_so_is_one_that_is_larger_still_or_a_little_too_large(undecoded, size):
    assert "million pixels" in refusal("a.png", huge_png(*size))


def test_so_is_one_with_a_long_side(undecoded):
    assert "20000 pixels" in refusal("a.png", huge_png(20_001, 1))


@pytest.mark.parametrize("start", [b"VP8X", b"VP8L", b"VP8 "])
def test_a_huge_webp_is_not_even_opened(monkeypatch, start):
    monkeypatch.setattr("PIL.Image.open", None)
    sizes = {
        b"VP8X": b"\0" * 8 + (16_382).to_bytes(3, "little") * 2,
        b"VP8L": b"\0" * 4 + b"\x2f" + (16_382 | 16_382 << 14).to_bytes(4, "little"),
        b"VP8 ": b"\0" * 10 + (16_383).to_bytes(2, "little") * 2,
    }
    content = b"RIFF\xff\0\0\0WEBP" + start + sizes[start] + b"\0" * 40
    assert "million pixels" in refusal("a.webp", content)


def test_the_limit_is_a_setting(settings):
    settings.UPLOAD_MAX_PIXELS = 40 * 30
    assert taken("a.png", image())
    settings.UPLOAD_MAX_PIXELS -= 1
    refusal("a.png", image())


def bomb():
    return b"Comment\0\0" + zlib.compress(b"A" * 30_000_000, 9)


@pytest.mark.parametrize(
    "content",
    [
        with_chunk(image(), b"zTXt", bomb()),
        with_chunk(image(), b"iCCP", bomb()),
        with_chunk(image(), b"iTXt", b"Comment\0\1\0\0\0" + bomb()[9:]),
    ],
    ids=["text", "profile", "international text"],
)
def test_a_bomb_beside_the_picture_does_no_harm(content):
    with contextlib.suppress(Refused):
        assert len(taken("a.png", content).content) < 2_000


@pytest.mark.parametrize(("name", "format"), FORMATS.items())
def test_a_cut_picture_is_refused(name, format):
    content = image(format, size=(200, 200))
    for length in (9, 40, len(content) // 2, len(content) - 40):
        assert name[2:] in refusal(name, content[:length])


def test_a_picture_with_broken_bytes_is_refused():
    content = bytearray(image())
    content[60] ^= 255
    refusal("a.png", bytes(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", image("JPEG")),
        ("a.jpg", image("PNG")),
        ("a.webp", image("GIF")),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.jpg", b"<html>" + SCRIPT),
        ("a.jpg", SCRIPT + image("JPEG")),
        ("a.png", b"GIF89a/*" + SCRIPT),
        ("a.jpg", b"\xff\xd8\xff\xd9"),
        ("a.jpg", image("TIFF")),
    ],
)
def test_a_picture_is_what_its_ending_says(name, content):
    assert name[2:] in refusal(name, content)


def test_a_jpeg_with_scans_without_end_is_refused():
    content = image("JPEG", progressive=True)
    scan = content[content.index(b"\xff\xda") : -2]
    assert taken("a.jpg", content)
    refusal("a.jpg", content[:-2] + scan * 200 + b"\xff\xd9")


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_a_jpeg_of_any_colours_is_kept_in_plain_ones(mode):
    assert seen(taken("a.jpg", image("JPEG", mode=mode))).mode in ("L", "RGB")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_mode(mode):
    assert seen(taken("a.png", image(mode=mode))).mode == mode


@pytest.mark.parametrize("longest_side", [None, 10])
def test_what_is_transparent_stays_so(longest_side):
    red = Image.open(io.BytesIO(image(mode="P"))).getpixel((2, 2))
    content = image(mode="P", transparency=red)
    kept = seen(taken("a.png", content, longest_side=longest_side)).convert("RGBA")
    alphas = {pixel[3] for pixel in (kept.getpixel((x, 2)) for x in range(kept.width))}
    assert {0, 255} <= alphas


def test_another_colour_space_becomes_the_common_one():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = image("JPEG", icc_profile=profile)
    assert "icc_profile" in Image.open(io.BytesIO(sent)).info
    kept = seen(taken("a.jpg", sent))
    assert "icc_profile" not in kept.info
    assert kept.getpixel((2, 2))[0] > 240


def test_a_broken_colour_profile_is_passed_over():
    assert taken("a.jpg", image("JPEG", icc_profile=b"no profile"))


def test_of_an_animation_the_first_picture_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("green", "white")]
    for name, format in (("a.png", "PNG"), ("a.webp", "WEBP")):
        sent = io.BytesIO()
        frames[0].save(sent, format, save_all=True, append_images=frames[1:], lossless=True)
        kept = seen(taken(name, sent.getvalue()))
        assert getattr(kept, "n_frames", 1) == 1
        assert kept.convert("RGB").getpixel((4, 4))[0] < 9


@pytest.mark.parametrize(("name", "format"), FORMATS.items())
def test_a_picture_is_scaled_down_never_up(name, format):
    content = image(format, size=(400, 300))
    small = taken(name, content, longest_side=100)
    assert (small.width, small.height) == seen(small).size == (100, 75)
    same = taken(name, content, longest_side=1_000)
    assert (same.width, same.height) == (400, 300)


def test_a_picture_of_sixteen_bits_keeps_its_brightness_in_eight():
    sent = io.BytesIO()
    Image.frombytes("I;16", (30, 20), (0x7530).to_bytes(2, "little") * 600).save(sent, "PNG")
    assert seen(taken("a.png", sent.getvalue(), longest_side=10)).getpixel((2, 2)) == 0x75


def test_where_an_image_is_wanted_nothing_else_is_taken():
    assert ".png" in refusal("plan.pdf", b"%PDF-1.7", images_only=True)
    assert taken("a.png", image(), images_only=True)
