"""Lists of other forms (.xlsx, .ods, .csv) become workbooks of our own sheets.

    file ─► table ─► columns ─► constants, words, numbers, places, years ─► making

Each package guesses its part from the file and from the parts before it; what a person decided goes
before the guess. `draft.Draft` holds both. Nothing is written to a city here: the workbook that is
made goes through the check of imports like any other.
"""
