"""Pictures of an image set are fetched once for all streamed sessions of a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from data_layer.nwb.images.kept_pictures import FOLDER
from data_layer.nwb.images.templates import TEMPLATES
from data_layer.nwb.opening import open_session
from data_layer.remote.bucket import StoredObject
from tests.support.nwb_files import write_behavior
from tests.support.same import assert_same
from tests.support.streaming import Stream, streamed
from tests.support.writable import writable

HEIGHT, WIDTH = 300, 480
ALL_PICTURES = 0.98 * 4 * HEIGHT * WIDTH * (1 + 8)  # their ends may come with what lies beside


def with_pictures(folder: Path, number: int, brighter: int = 0) -> Path:
    """A session with pictures that are large enough to be kept; ``number`` tells it from others."""
    path = write_behavior(folder, behavior_session_id=1_000 + number)
    rng = np.random.default_rng(7)
    with writable(path) as file:
        (group,) = file[TEMPLATES].values()
        n = len(group["control_description"])
        warped = rng.integers(0, 200, (n, HEIGHT, WIDTH)).astype(np.uint8) + np.uint8(brighter)
        for name, values in (("data", warped), ("unwarped", warped.astype(np.float64))):
            del group[name]
            group[name] = values
    return path


@pytest.fixture
def stream(tmp_path: Path) -> Iterator[Stream]:
    with streamed(with_pictures(tmp_path, 1), tmp_path) as stream:
        yield stream


def another(stream: Stream, file: Path) -> Path:
    wanted = StoredObject(f"release/{file.name}", "v1", "0" * 128)
    stream.store.objects.put(wanted.key, file, "v1")
    return stream.files.path_of(wanted)


def sent_for_pictures(stream: Stream, path: Path, file: Path) -> int:
    """The bytes sent for all pictures of a streamed session, which are those of its file."""
    with open_session(path) as session, open_session(file) as expected:
        session.image_names  # noqa: B018 - the structure arrives first
        stream.store.forget()
        assert_same(session.stimulus_templates, expected.stimulus_templates, "pictures")
        for name in expected.image_names:
            for warped in (True, False):
                assert_same(session.template(name, warped), expected.template(name, warped), name)
        return stream.store.sent


def test_the_second_session_of_an_image_set_fetches_no_picture(
    stream: Stream, tmp_path: Path
) -> None:
    first = sent_for_pictures(stream, stream.path, tmp_path / stream.path.name)
    second_file = with_pictures(tmp_path, 2)
    second = sent_for_pictures(stream, another(stream, second_file), second_file)
    assert first >= ALL_PICTURES
    assert second < first / 5


def test_another_picture_under_the_same_name_is_fetched(stream: Stream, tmp_path: Path) -> None:
    sent_for_pictures(stream, stream.path, tmp_path / stream.path.name)
    file = with_pictures(tmp_path, 3, brighter=1)
    assert sent_for_pictures(stream, another(stream, file), file) >= ALL_PICTURES


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\x80\x04N."])
def test_a_damaged_kept_picture_is_fetched_again(
    stream: Stream, tmp_path: Path, content: bytes
) -> None:
    sent_for_pictures(stream, stream.path, tmp_path / stream.path.name)
    for kept in list((stream.files.folder / FOLDER).iterdir()):
        kept.write_bytes(content)
    file = with_pictures(tmp_path, 4)
    assert sent_for_pictures(stream, another(stream, file), file) >= ALL_PICTURES
    again = with_pictures(tmp_path, 5)
    assert sent_for_pictures(stream, another(stream, again), again) < ALL_PICTURES / 5


def test_a_picture_of_a_file_that_is_here_is_not_kept(tmp_path: Path) -> None:
    file = with_pictures(tmp_path, 6)
    with open_session(file) as session:
        assert session.template(session.image_names[0]).shape == (HEIGHT, WIDTH)
    assert not list(tmp_path.rglob(FOLDER))
