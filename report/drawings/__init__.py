"""Every drawing of page and PDF, made on the server as SVG.

A `…_layout` module says where the parts of a drawing lie, as plain numbers; the module without
that ending writes them as SVG.
"""
