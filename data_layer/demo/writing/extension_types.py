"""The four NWB extensions of the released files, and classes to write them with.

They lie in ``extensions/`` as NWB extensions are published: a namespace and its types, in YAML.
Names, versions and fields are those that the released files carry, so that every reader of the
release finds what it expects. The types are kept in a type map of their own: registering them
with pynwb for the whole process would break the reading of files of the first release, whose
types have the same names and other fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from hdmf.build import BuildManager, TypeMap
from pynwb import get_type_map

BEHAVIOR_OPHYS = "ndx-aibs-behavior-ophys"
EVENT_DETECTION = "ndx-aibs-ophys-event-detection"
STIMULUS_TEMPLATE = "ndx-aibs-stimulus-template"
EYE_TRACKING = "ndx-ellipse-eye-tracking"


@dataclass(frozen=True)
class ExtensionTypes:
    """One type map with the extension types, and the classes made from it."""

    type_map: TypeMap

    def manager(self) -> BuildManager:
        """A build manager for one file to be written."""
        return BuildManager(self.type_map)

    def get(self, name: str, namespace: str) -> Any:
        """The class to write objects of type ``name`` with."""
        return self.type_map.get_dt_container_cls(name, namespace)


@cache
def extension_types() -> ExtensionTypes:
    """The types of this process, made at first use."""
    type_map = get_type_map()  # a copy: pynwb's own stays as it is
    with as_file(files(__package__) / "extensions") as folder:
        for name in (BEHAVIOR_OPHYS, EVENT_DETECTION, STIMULUS_TEMPLATE, EYE_TRACKING):
            type_map.load_namespaces(str(folder / f"{name}.namespace.yaml"))
    return ExtensionTypes(type_map)
