"""Guesses what the rows of a list become, and what each of its columns is."""
