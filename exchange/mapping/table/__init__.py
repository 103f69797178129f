"""Reads a file and finds its lists: encoding, sheets, headers, and which rows are data."""
