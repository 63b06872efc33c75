"""The stimuli panel: pictures, counts and presentations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import theme
from dashboard.pages.session.panels.stimuli import content, summary
from dashboard.theme.stylesheet import css
from dashboard.urls import Address
from data_layer.derived.image_counts import image_counts
from data_layer.store.session_store import SessionStore
from tests.dashboard.pages.session.conftest import EXPERIMENT, Asked
from tests.dashboard.pages.session.reading import having, text
from tests.support.nwb_files import remove
from tests.support.recordings import opened, write

SOURCE = Address("experiment", 5)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionStore]:
    with opened(write("imaging", tmp_path_factory.mktemp("stimuli"))) as store:
        yield store


def test_every_image_has_both_pictures_its_colour_and_its_counts(store: SessionStore) -> None:
    _, cards, _ = content(store, SOURCE)
    counts = image_counts(store.presentations)
    assert len(cards) == len(counts)
    for card, (name, count) in zip(cards, counts.iterrows(), strict=True):
        sides = {picture.className: picture for picture in having(card, "alt")}
        for side in ("warped", "unwarped"):
            url = sides[side].to_plotly_json()["props"]["data-src"]
            assert url.startswith(f"/picture/experiment/5/template-{name}-{side}.png")
            assert name in sides[side].alt
        assert card.style["borderTopColor"] == css(theme.image_color(name, list(counts.index)))
        assert f"{int(count['shown']):,} ×" in text(card)
        assert f"{int(count['changes'])} changes" in text(card)
        assert f"{int(count['omitted'])} omitted" in text(card)


def test_the_summary_counts_what_was_shown_and_left_out(store: SessionStore) -> None:
    sentence = summary(store.presentations, image_counts(store.presentations))
    table = store.presentations
    images = table["image_name"].isin(store.image_names).sum()
    omitted = int((table["image_name"] == "omitted").sum())
    assert f"{images} presentations of 4 images" in sentence
    assert f"{omitted} flashes omitted" in sentence


def test_gratings_are_shown_like_images(tmp_path: Path) -> None:
    with opened(write("gratings", tmp_path)) as store:
        _, cards, table = content(store, Address("behavior", 5))
    assert [text(card).split()[0] for card in cards] == sorted(
        f"gratings_{angle}.0" for angle in (0, 90, 180, 270)
    )
    assert "orientation" in {column["field"] for column in table.columnDefs}


def test_without_pictures_the_names_and_counts_remain(tmp_path: Path) -> None:
    with opened(remove(write("imaging", tmp_path), "stimulus/templates")) as store:
        sentence, cards, _ = content(store, SOURCE)
        names = store.image_names
    assert "holds no pictures" in sentence
    assert [text(card).split()[2] for card in cards] == names
    assert not [card for card in cards if having(card, "alt")]


@pytest.mark.parametrize("kind", ["imaging", "imaging of 2021"])
def test_the_table_has_every_column_explained(kind: str, tmp_path: Path) -> None:
    with opened(write(kind, tmp_path)) as store:
        _, _, table = content(store, SOURCE)
        stored = store.session.stimulus_presentations
    columns = {column["field"]: column for column in table.columnDefs}
    assert set(columns) == {"stimulus_presentations_id", "image_set", *stored.columns}
    assert all(len(column["headerTooltip"]) > 10 for column in columns.values())
    assert "stop_time" in columns["end_time"]["headerTooltip"]
    assert columns["start_time"]["headerName"] == "start_time (s)"


def test_the_callback_sends_the_gallery_but_not_the_rows(ask: Asked) -> None:
    values = {"address.data": {"kind": "experiment", "id": EXPERIMENT}}
    answer = ask("stimuli-gallery.children", "address.data", values)
    assert answer.json["response"]["panel-stimuli"]["data-state"] == "ready"
    assert len(answer.data) < 60_000
