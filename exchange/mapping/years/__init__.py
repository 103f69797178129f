"""Which years, measures and actions the figures of a list are of."""
