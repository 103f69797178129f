"""How a list writes numbers, days, years and units, and what single cells say."""
