"""Finds what cells name among the rows and files that one import has read."""
