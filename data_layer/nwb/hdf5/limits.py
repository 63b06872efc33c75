"""How much a file may make this program read.

Every size that a file names is compared with these before a byte is read, so that a few bytes
cannot fill the memory. The largest files of the data set pass: 666 cells in 140,296 frames of
8 bytes are 0.75 GB, and 666 masks of 512 × 512 bytes, which pack a thousandfold, are 0.17 GB.
"""

from __future__ import annotations

MB = 2**20

MOST_BYTES = 1024 * MB
"""Of the part of a dataset that is read at once, and of all traces of one kind."""
ANY_RATIO_BYTES = 256 * MB
"""A dataset up to this size may be packed as well as it likes."""
MOST_RATIO = 400
"""Unpacked bytes for each stored byte of a larger dataset; gzip reaches 1,032 on zeros alone."""
MOST_CHUNK_BYTES = 256 * MB
"""Of one chunk, which HDF5 unpacks as a whole whatever part of it is asked for."""
DEFLATE_RATIO = 1032
"""What gzip packs at best (zlib's documentation)."""
MOST_TEXT_BYTES = 256 * MB
"""Of the text of one dataset."""
MOST_ATTRIBUTE_BYTES = 4 * MB
"""Of one attribute, without its text."""
MOST_LINKS = 32
"""Soft links that may follow each other on the way to one object."""
