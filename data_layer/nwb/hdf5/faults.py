"""What can be wrong with a part of a file; each becomes a ``StreamDamaged`` with the file's path.

They have no path and stream of their own: only who asks knows for which stream it was.
"""

from __future__ import annotations


class Fault(Exception):
    """A part of the file cannot be read; the text says which and why."""


class Damage(Fault):
    """The part is broken."""


class Refused(Fault):
    """The part is sound HDF5, but this program does not read it, because it cannot be trusted."""
