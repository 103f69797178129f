"""Offers figures that stand in words to the rows of an update that can take them."""

from actions.figures_in_text import figures_in

MOST_OFFERED = 2


def offer_figures(rows):
    """Set `offers` of the rows of one action that ask for a number and have none yet.

    They stand in the new words of the action, or in its description where nothing was reported.
    """
    texts = (row.answer.text for row in rows if row.figure is None and row.answer)
    words = next(texts, "")
    for row in rows:
        row.offers = []
        text = words or ("" if row.last else row.action.description)
        if row.kind == "number" and text and not (row.answer and row.answer.text):
            found = [one.excerpt for one in figures_in(text) if one.fits(row.figure)]
            row.offers = found[:MOST_OFFERED]
