"""Finds the stored row or the sent file that the words of a cell mean."""
