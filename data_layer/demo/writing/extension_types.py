"""The four NWB extensions of the released files, and the classes that write them.

The extensions are in ``extensions/`` in the published form: a namespace and its types, in YAML.
Names, versions and fields are those of the released files, so that every reader of the release can
read them. The types are in a separate type map: registering them with pynwb for the whole process
would break reading files of the first release, whose types have the same names but other fields.
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
    """A type map with the extension types, and the classes made from it."""

    type_map: TypeMap

    def manager(self) -> BuildManager:
        """A new build manager for writing one file."""
        return BuildManager(self.type_map)

    def get(self, name: str, namespace: str) -> Any:
        """The class that writes objects of type ``name``."""
        return self.type_map.get_dt_container_cls(name, namespace)


@cache
def extension_types() -> ExtensionTypes:
    """The extension types, loaded on first use."""
    type_map = get_type_map()  # returns a copy, so pynwb's own map does not change
    with as_file(files(__package__) / "extensions") as folder:
        for name in (BEHAVIOR_OPHYS, EVENT_DETECTION, STIMULUS_TEMPLATE, EYE_TRACKING):
            type_map.load_namespaces(str(folder / f"{name}.namespace.yaml"))
    return ExtensionTypes(type_map)
