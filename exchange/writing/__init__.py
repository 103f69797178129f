"""Writes exports, templates and corrections: a workbook with Read me, sheets and Lists, or text."""
