"""Inputs of indicators whose points are known, for `make_assessment`."""

NATURAL = {"natural_area": "15", "city_area": "100"}  # 15 %: 3 points of 4
COUNTED = {"species_baseline": "50", "species_gained": "4", "species_lost": "1"}
CHOSEN = {"points": 2, "reason": "The council agreed."}
