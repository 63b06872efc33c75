"""Addresses that are none are told, and no message shows what is secret in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_layer.errors import BadSetting, RemoteError
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.remote.bucket import Bucket
from data_layer.remote.streamed import StreamedFiles
from data_layer.settings import Settings
from tests.support.object_store import object_store

pytestmark = pytest.mark.fault


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://a b/c.nwb",
        "http://127.0.0.1:99999/c.nwb",
        "http://[::1/c.nwb",
        "s3://",
        "s3://a b/c.nwb",
        "gs://bucket/c.nwb",  # its library is not installed
    ],
)
def test_an_address_that_cannot_be_asked_is_told_in_a_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(RemoteError, match=r"cannot be reached: [^/]+ What is on this machine"):
        StreamedFiles(tmp_path, Bucket()).path_of_url(url)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("s3_endpoint", "127.0.0.1:9000"),
        ("s3_endpoint", "ftp://mirror"),
        ("s3_endpoint", "http://"),
        ("s3_endpoint", "http://mirror/?a=b"),
        ("bucket", "a b"),
        ("region", "here and there"),
    ],
)
def test_a_setting_that_names_no_store_is_told_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv(f"VBDASH_{name.upper()}", value)
    with pytest.raises(BadSetting, match=rf"VBDASH_{name.upper()} is .* not (a|the) "):
        Settings.from_environment()
    if name == "s3_endpoint":
        monkeypatch.delenv("VBDASH_S3_ENDPOINT")
        with pytest.raises(BadSetting, match=r"--endpoint is .* not a URL such as https://"):
            Cache.from_s3_cache(tmp_path, endpoint=value)


@pytest.mark.parametrize("planted", ["missing", "silent", "not https"])
def test_a_password_and_a_token_in_an_address_are_in_no_message(
    tmp_path: Path, planted: str
) -> None:
    with object_store("bucket") as store:
        host = store.url.removeprefix("http://") if planted != "silent" else "127.0.0.1:9"
        scheme = "https" if planted == "not https" else "http"
        url = f"{scheme}://somebody:hidden@{host}/bucket/c.nwb?token=hidden"
        with pytest.raises(RemoteError) as told:
            StreamedFiles(tmp_path, Bucket()).path_of_url(url)
    assert "hidden" not in str(told.value)
    assert "127.0.0.1" in str(told.value)
    assert "hidden" not in str(Bucket("bucket", f"http://somebody:hidden@{host}"))
