"""A release whose tables and files hold markup in every text that somebody may have written."""

from __future__ import annotations

import shutil
from pathlib import Path

import h5py
import numpy as np
import pandas as pd

from tests.support.writable import writable

SITE = "markup.invalid"
MARKUP = f"""<img src=x onerror='window.XSS=1'><a href="//{SITE}">m</a>%{{x}}&lt;"""
"""Markup of pages and of Plotly, both quotes, a value of Plotly's hover texts and an entity."""
NOT_TEXT = ("date_of_acquisition", "published_at", "passive", "has_events")
NAMES_OF_IMAGES = ("image_name", "initial_image_name", "change_image_name")
ATTRIBUTES = {
    "general/metadata": ("session_type", "equipment_name", "project_code"),
    "general/task_parameters": ("session_type", "task"),
    "general/subject": ("reporter_line",),
}
PLANE = "general/optophysiology/imaging_plane_1"
VALUES = (
    "general/subject/genotype",
    "general/subject/sex",
    f"{PLANE}/location",
    f"{PLANE}/indicator",
)


def with_markup(release: Path, folder: Path) -> Path:
    """A copy of a release with ``MARKUP`` at the end of every text; ids and dates stay."""
    shutil.copytree(release, folder)
    for path in folder.rglob("project_metadata/*.csv"):
        _mark_table(path)
    for path in folder.rglob("*.nwb"):
        with writable(path) as file:
            mark_file(file)
    return folder


def _mark_table(path: Path) -> None:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name in table.columns:
        if name not in NOT_TEXT:
            table[name] = table[name].map(_marked)
    table.to_csv(path, index=False)


def _marked(text: str) -> str:
    """Numbers stay as they are; of a list, the first text is marked."""
    if not any(letter.isalpha() for letter in text) or text in {"True", "False"}:
        return text
    if text.startswith("["):
        return repr([text.strip("[]").split(", ")[0].strip("'") + MARKUP])
    return text + MARKUP


def mark_file(file: h5py.File) -> None:
    """Mark the names of images where they are shown, and the text of subject and metadata.

    The pictures keep their names, so that only ``image_index`` leads to them.
    """
    for table in file["intervals"].values():
        for name in set(NAMES_OF_IMAGES) & set(table):
            table[name][:] = np.array([_marked_image(v) for v in table[name][:]], dtype=object)
    for path, names in ATTRIBUTES.items():
        attributes = file[path].attrs
        for name in set(names) & set(attributes):
            attributes[name] = attributes[name] + MARKUP
    for path in filter(file.__contains__, VALUES):
        file[path][()] = file[path].asstr()[()] + MARKUP


def _marked_image(name: bytes) -> bytes:
    return name if name in {b"", b"omitted", b"N/A"} else name + MARKUP.encode()
