"""Writes the elements of an NWB file: typed groups, series, tables, ragged columns."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import h5py
import numpy as np
import pandas as pd

from tests.support.tiny_session import TinySession

BO, CORE = "ndx-aibs-behavior-ophys", "core"
TEXT = h5py.string_dtype()


class Parts:
    """Writes parts of one session into one open file."""

    def __init__(self, file: h5py.File, session: TinySession) -> None:
        self.file, self.session, self.plan = file, session, session.plan

    def typed(
        self, path: str, neurodata_type: str, namespace: str = CORE, **attributes: Any
    ) -> h5py.Group:
        group = self.file.require_group(path)
        self.mark(group, neurodata_type, namespace)
        for name, value in attributes.items():
            group.attrs[name] = value
        return group

    def mark(self, thing: Any, neurodata_type: str, namespace: str = CORE) -> None:
        names = {
            "neurodata_type": neurodata_type,
            "namespace": namespace,
            "object_id": str(uuid4()),
        }
        thing.attrs.update(names)

    def dataset(self, path: str, values: Any) -> h5py.Dataset:
        values = np.asarray(values)
        if values.dtype.kind in "OUT":
            return self.file.create_dataset(path, data=values.astype(object), dtype=TEXT)
        return self.file.create_dataset(path, data=values)

    def series(
        self,
        path: str,
        data: Any,
        timestamps: Any,
        unit: str,
        kind: str = "TimeSeries",
        *,
        namespace: str = CORE,
    ) -> h5py.Group:
        group = self.typed(path, kind, namespace, description="no description", comments="none")
        stored = self.dataset(f"{path}/data", data)
        stored.attrs.update({"unit": unit, "conversion": 1.0, "resolution": -1.0, "offset": 0.0})
        times = self.dataset(f"{path}/timestamps", timestamps)
        times.attrs.update({"unit": "seconds", "interval": 1})
        return group

    def table(self, path: str, table: pd.DataFrame, kind: str) -> h5py.Group:
        group = self.typed(path, kind, description="a table")
        group.attrs.create("colnames", [str(c) for c in table], dtype=TEXT)
        self.mark(
            self.dataset(f"{path}/id", np.arange(len(table))), "ElementIdentifiers", "hdmf-common"
        )
        for name in table:
            values = table[name].fillna("N/A") if table[name].dtype.kind in "OT" else table[name]
            self.column(f"{path}/{name}", values.to_numpy())
        return group

    def column(self, path: str, values: Any, kind: str = "VectorData") -> h5py.Dataset:
        stored = self.dataset(path, values)
        self.mark(stored, kind, CORE if kind.startswith("TimeSeries") else "hdmf-common")
        stored.attrs["description"] = "a column"
        return stored

    def ragged(self, path: str, name: str, values: Any, ends: Any) -> None:
        """Write a ragged column from its values and the end index of each row."""
        values = self.column(f"{path}/{name}", values)
        index = self.column(f"{path}/{name}_index", np.asarray(ends, np.uint16), "VectorIndex")
        index.attrs["target"] = values.ref
        self.append_column(path, name)

    def append_column(self, path: str, name: str) -> None:
        names = [*self.file[path].attrs["colnames"], name]
        self.file[path].attrs.create("colnames", names, dtype=TEXT)
