"""Commitments that cities have made, by a list of them."""

from django.utils.translation import gettext as _

from .maker import Maker
from .of_cities import OfCities

CITIES, COMMITMENTS = "Cities", "Commitments"


def add_commitment(maker, slug, code, row):
    """A row of the sheet Commitments, unless it is there; its index or None.

    `maker.committed`: (city, commitment) → the number of the row of the list that says so.
    """
    if (slug, code) in maker.committed:
        return None
    maker.committed[slug, code] = row.number
    return maker.begin(COMMITMENTS, City=slug, Commitment=code)


class CommitmentsMaker(OfCities, Maker):
    sheet = COMMITMENTS

    def prepare(self):
        super().prepare()
        self.committed = {}

    def make_row(self, row):
        slug = self.city(row)
        codes = [code for use in self.uses["commitment"] for code in self.codes(use, row)]
        if not self.uses["commitment"] and self.draft.constants.commitment:
            codes = [self.draft.constants.commitment]
        if not codes:
            self.leave_out(row, _("No commitment stands in this row."))
            return
        self.need_city(slug)
        added = [at for code in codes if (at := add_commitment(self, slug, code, row)) is not None]
        if not added:
            first = self.committed[slug, codes[0]]
            self.leave_out(row, _("Row %d has this commitment of the city already.") % first)
        for at in added:
            self.put_taken("made_on", row, at)
