"""Names and JSON of what is kept for each NWB file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data_layer.kept_files import name_for, write_json


def test_files_of_one_name_in_two_folders_have_two_names(tmp_path: Path) -> None:
    names = [name_for(tmp_path / folder / "session.nwb") for folder in ("a", "b")]
    assert len(set(names)) == 2
    assert all(name.startswith("session-") for name in names)
    assert name_for(tmp_path / "b" / ".." / "a" / "session.nwb") == names[0]


def test_json_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "kept.json"
    write_json(path, {"a": 1})
    with pytest.raises(TypeError):
        write_json(path, {"a": path})
    assert json.loads(path.read_text()) == {"a": 1}
    path.with_name("other.json").mkdir()
    with pytest.raises(OSError, match="other"):
        write_json(path.with_name("other.json"), {})
    assert {one.name for one in path.parent.iterdir()} == {"kept.json", "other.json"}  # no draft
