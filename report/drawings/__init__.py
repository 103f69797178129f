"""All drawings of pages and PDF, as SVG made on the server.

A `…_layout` module computes the coordinates of a drawing (`lay_out_…`); the module of the same name
without `_layout` writes the SVG (`draw_…`).
"""
