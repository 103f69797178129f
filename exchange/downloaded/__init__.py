"""Reads profiles that were downloaded from CitiesWithNature, as PDF or as text, into our sheets.

Stages: files (what is read) < lines < feet (heads and feet of pages) < stream (letters without line
breaks) < official (what the document prints for every city) < sentences < find_headings,
false_headings < cover, actions, overview, other_chapters < reader < stored, rows < workbook.
Nothing is written to the database: the workbook goes through the import like any other.
"""
