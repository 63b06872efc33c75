"""The files of a page: which it needs, as few requests, under addresses that browsers keep.

``head`` rewrites the tags that Dash puts into a page, ``joined`` makes one file of our scripts and
one of our stylesheets, ``copies`` compresses each file once, and ``page`` is the Dash that does it.
"""
