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
MOST_SAMPLES = 2**22
"""Of a recording in one dataset: 75 minutes at 60 Hz are 270,000, and 15 times as many pass."""
MOST_ROWS = 2**17
"""Of a table, a list of events and a list of texts; a session has about 14,000 presentations."""
MOST_COLUMNS = 64
"""Of a table; those of the data set have at most 25."""
MOST_PIXELS = 2**22
"""Of one picture or mask; the largest of the data set have 1200 × 1920."""
ANY_RATIO_LIST_BYTES = 24 * MB
"""A list of numbers up to this size may be packed as well as it likes."""
MOST_LIST_RATIO = 100
"""Unpacked bytes for each stored byte of a larger list of numbers."""
MOST_PACKED_BYTES = 1024 * MB
"""Of all datasets of a file together that are packed better than ``MOST_LIST_RATIO``."""
MOST_CHUNK_BYTES = 256 * MB
"""Of one chunk, which HDF5 unpacks as a whole whatever part of it is asked for."""
DEFLATE_RATIO = 1032
"""What gzip packs at best (zlib's documentation)."""
LONGEST_TEXT_BYTES = 64 * 2**10
"""Of one text in a dataset or attribute; names and genotypes have at most some hundred."""
MOST_TEXT_BYTES = 32 * MB
"""Of the text of one dataset."""
MOST_FILE_TEXT_BYTES = 128 * MB
"""Of the text of all datasets of a file that are read."""
MOST_ATTRIBUTE_BYTES = 4 * MB
"""Of one attribute, without its text."""
MOST_ATTRIBUTE_TEXTS = 256
"""Texts of variable length in one attribute, whose lengths HDF5 tells only by reading them."""
MOST_LINKS = 32
"""Soft links that may follow each other on the way to one object."""
