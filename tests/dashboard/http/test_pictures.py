"""Pictures of images whatever they are called."""

from __future__ import annotations

from pathlib import Path

import dash
import h5py
import numpy as np
import pytest

from dashboard.app import create_app
from dashboard.urls.address import Address
from dashboard.urls.routes import image_url
from data_layer.project_cache.single_file import SingleFile
from data_layer.settings import Settings
from tests.support.markup import MARKUP
from tests.support.nwb_files import write_experiment
from tests.support.writable import writable

SUFFIXES = [
    MARKUP,
    "/a//b/../c",
    "-warped",
    "%2F%",
    "?width=3#x",
    "' \"\\",
    "ü ☃",
    ".",
    "\ta",
    "\r\na",
    "\u00a0\x7f",
]


def rename(file: h5py.File, suffix: str, *, stored: bool) -> None:
    """Give the images other names where they are shown and, if ``stored``, their pictures too."""
    for table in file["intervals"].values():
        if "image_name" in table:
            table["image_name"][:] = renamed(table["image_name"][:], suffix)
    for pictures in file["stimulus/templates"].values():
        if stored:
            pictures["control_description"][:] = renamed(pictures["control_description"][:], suffix)


def renamed(names: np.ndarray, suffix: str) -> np.ndarray:
    keep = {b"", b"omitted"}
    return np.array([n if n in keep else n + suffix.encode() for n in names], dtype=object)


@pytest.mark.fault
@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_picture_of_an_image_is_found_whatever_characters_its_name_has(
    tmp_path: Path, suffix: str, stored: bool
) -> None:
    path = write_experiment(tmp_path)
    with writable(path) as file:
        rename(file, suffix, stored=stored)
    cache = SingleFile(path)
    (id_,) = cache.available("experiment")
    session = cache.get_behavior_ophys_experiment(id_)
    shown = session.stimulus_presentations["image_name"].dropna().unique()
    names = [name for name in shown if str(name).endswith(suffix)]
    client = create_app(cache, Settings(work_dir=tmp_path / "work", prepare=0)).server.test_client()
    dash.page_registry.clear()
    assert names
    sizes = set()
    for name in names:
        answer = client.get(image_url(Address("experiment", id_), name, "warped", 160))
        assert answer.mimetype == "image/png", name
        sizes.add(answer.data)
    assert len(sizes) == len(names)  # each its own picture
