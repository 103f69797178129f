"""QR codes as SVG, for prints: who has only the paper finds the page again."""

import segno

from .drawings.style import Colour


def draw_qr_code(address):
    """The SVG of the code of an address, without the quiet zone: the paper around it is that."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=0, omitsize=True, dark=str(Colour.INK))
