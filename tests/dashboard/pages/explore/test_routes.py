"""Explore over HTTP: the page, the tables, cells, and the preview of a row."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.data_layer.project_cache.releases import place_of, tables

GZIP = {"Accept-Encoding": "gzip"}


def test_a_table_is_sent_compressed_and_once(client: FlaskClient) -> None:
    first = client.get("/tables/session.json", headers=GZIP)
    assert first.headers["Content-Encoding"] == "gzip"
    table = json.loads(gzip.decompress(first.data))
    assert (table["kind"], table["length"]) == ("session", 3)
    again = client.get(
        "/tables/session.json", headers=GZIP | {"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_a_table_is_readable_without_compression(client: FlaskClient) -> None:
    plain = client.get("/tables/session.json")
    assert "Content-Encoding" not in plain.headers
    assert plain.json is not None
    assert plain.json["length"] == 3


def test_new_files_are_seen_by_the_next_visit(client: FlaskClient, release: Path) -> None:
    tag = client.get("/tables/experiment.json").headers["ETag"]
    place_of(release, "experiment", 104).touch()
    answer = client.get("/tables/experiment.json", headers={"If-None-Match": tag})
    assert answer.json is not None
    assert sum(answer.json["here"]) == 2


def test_there_are_three_tables_only(client: FlaskClient) -> None:
    assert client.get("/tables/mouse.json").status_code == 404


def test_a_cell_is_found_by_either_of_its_ids(client: FlaskClient) -> None:
    cells = tables()["ophys_cells_table"]
    for specimen, group in cells[cells.cell_specimen_id != ""].groupby("cell_specimen_id"):
        answer = client.get(f"/tables/cell/{specimen}.json").json
        assert answer == {"ophys_experiment_id": group.ophys_experiment_id.tolist()}
    roi = cells.iloc[0]
    answer = client.get(f"/tables/cell/{roi.cell_roi_id}.json").json
    assert answer == {"ophys_experiment_id": [roi.ophys_experiment_id]}
    assert client.get("/tables/cell/1.json").json == {"ophys_experiment_id": []}


def test_without_the_cells_table_the_search_says_why(client: FlaskClient, release: Path) -> None:
    (release / "project_metadata" / "ophys_cells_table.csv").unlink()
    answer = client.get("/tables/cell/7001.json").json
    assert answer is not None
    assert "ophys_cells_table.csv" in answer["problem"]


def preview(client: FlaskClient, row: dict[str, Any] | None) -> dict[str, Any]:
    """Ask for the preview as the page does."""
    dependencies = client.get("/_dash-dependencies").json
    assert dependencies is not None
    asked = next(one for one in dependencies if "explore-preview.children" in one["output"])
    outputs = [
        {"id": id_, "property": name}
        for id_, name in (one.rsplit(".", 1) for one in asked["output"].strip(".").split("..."))
    ]
    inputs = [{**one, "value": row} for one in asked["inputs"]]
    body = {
        "output": asked["output"],
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": ["explore-highlight.data"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.json is not None
    return answer.json["response"]


def parts(component: Any, name: str) -> list[dict[str, Any]]:
    """The properties of every component of a kind within a component."""
    if isinstance(component, list):
        return [found for child in component for found in parts(child, name)]
    if not isinstance(component, dict):
        return []
    own = [component["props"]] if component.get("type") == name else []
    return own + parts(component.get("props", {}).get("children"), name)


def test_before_a_row_is_highlighted_the_preview_says_how_to(client: FlaskClient) -> None:
    answer = preview(client, None)
    assert answer["panel-preview"]["data-state"] == "empty"
    assert "arrow keys" in answer["message-preview"]["children"]


def test_the_preview_of_an_experiment(client: FlaskClient) -> None:
    answer = preview(client, {"kind": "experiment", "id": 101})
    assert answer["panel-preview"]["data-state"] == "ready"
    strip = answer["explore-preview"]["children"]
    links = {link["href"]: link for link in parts(strip, "Link")}
    recordings = {f"/experiment/{id_}" for id_ in (101, 102, 103)}
    assert set(links) == recordings | {"/container/501", "/mouse/1"}
    marks = [link["className"] for link in parts(strip, "Link") if "title" in link]
    assert marks == ["plane", "plane absent current", "day absent current", "day absent"]
    assert not parts(strip, "Img")  # its own file is not on this machine


@pytest.mark.parametrize("row", [{"kind": "session", "id": 11}, {"kind": "behavior", "id": 1001}])
def test_the_preview_of_a_session_shows_a_plane_that_is_here(
    client: FlaskClient, row: dict[str, Any]
) -> None:
    strip = preview(client, row)["explore-preview"]["children"]
    assert [image["src"] for image in parts(strip, "Img")] == [
        "/picture/experiment/102/max_projection.png?width=88"
    ]
    expected = {11: {11, 12}, 1001: {2001, 2002, 1001, 1002}}[row["id"]]
    prefix = f"/{row['kind']}/"
    links = {link["href"] for link in parts(strip, "Link")}
    assert "/mouse/1" in links
    assert not {link for link in links if "container" in link}, "it has several planes"
    days = {link for link in links if link.startswith(prefix)}
    assert days == {f"{prefix}{id_}" for id_ in expected}


def test_a_training_session_has_no_planes(client: FlaskClient) -> None:
    strip = preview(client, {"kind": "behavior", "id": 2001})["explore-preview"]["children"]
    assert not [link for link in parts(strip, "Link") if "/experiment/" in link["href"]]


def test_an_unknown_row_is_told(client: FlaskClient) -> None:
    answer = preview(client, {"kind": "session", "id": 5})
    assert answer["panel-preview"]["data-state"] == "error"
    assert "No ophys_session_id 5" in answer["message-preview"]["children"]
