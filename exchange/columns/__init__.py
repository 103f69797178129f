"""The columns of the sheets: how each kind of cell is read, checked and written."""
