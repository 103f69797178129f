"""Mappings that were kept: which of them fits a file, what differs, and what they say in words."""
