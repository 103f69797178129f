"""Reads .xlsx files without trusting them."""

from .copy import read, workbook_path

__all__ = ["read", "workbook_path"]
