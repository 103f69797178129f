"""A workbook on its way out: what to read first, the sheets, and the lists to choose from."""
