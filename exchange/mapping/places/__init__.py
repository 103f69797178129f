"""Which cities and countries the rows of a list mean."""
