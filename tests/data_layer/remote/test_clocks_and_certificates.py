"""A certificate that is not accepted, and clocks that differ, are told as such."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from data_layer.errors import RemoteUnreachable
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.client import BucketClient, Patience
from data_layer.remote.urls import place_of
from tests.support.certificates import FILE, serving
from tests.support.object_store import Fault, object_store

pytestmark = pytest.mark.fault
WANTED = StoredObject("a.nwb")
ONCE = Patience(connect=2.0, request=2.0, retries=0, give_up_after=3.0)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (DAY, 9 * DAY, "is not valid yet; this machine's clock may be behind"),
        (-9 * DAY, -DAY, "has expired, or this machine's clock is ahead"),
        (-DAY, DAY, "is signed by nobody whom this machine trusts"),
    ],
    ids=["not yet", "expired", "unknown"],
)
def test_a_certificate_that_is_not_accepted_is_told_with_what_the_clock_has_to_do_with_it(
    tmp_path: Path, begins: timedelta, ends: timedelta, words: str
) -> None:
    with object_store("bucket", serving(tmp_path, begins, ends)) as store:
        client = BucketClient(Bucket("bucket", store.url), ONCE)
        for ask in (lambda: client.size(WANTED), lambda: client.keys("folder")):
            with pytest.raises(RemoteUnreachable, match=re.escape(words)):
                ask()


def test_a_trusted_certificate_for_another_name_is_told_and_the_right_one_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / FILE))
    with (
        object_store("bucket", serving(tmp_path, -DAY, DAY, "store.example")) as store,
        pytest.raises(RemoteUnreachable, match="is for another name"),
    ):
        BucketClient(Bucket("bucket", store.url), ONCE).size(WANTED)
    with object_store("bucket", serving(tmp_path, -DAY, DAY)) as store:
        store.objects.put(WANTED.key, b"all of it")
        assert BucketClient(Bucket("bucket", store.url), ONCE).whole(WANTED) == b"all of it"


def test_a_store_that_does_not_speak_https_is_told_as_such() -> None:
    with object_store("bucket") as store:
        url = store.url.replace("http:", "https:")
        with pytest.raises(RemoteUnreachable, match="does not speak https"):
            BucketClient(Bucket("bucket", url), ONCE).size(WANTED)


def test_a_web_address_whose_certificate_has_expired_is_told_so(tmp_path: Path) -> None:
    with object_store("bucket", serving(tmp_path, -9 * DAY, -DAY)) as store:
        bucket, wanted = place_of(f"{store.url}/bucket/a.nwb")
        with pytest.raises(RemoteUnreachable, match="certificate has expired"):
            BucketClient(bucket, ONCE).size(wanted)


@pytest.mark.parametrize("ask", ["read", "list"])
def test_a_store_that_finds_this_machines_clock_wrong_is_no_refusal(ask: str) -> None:
    with object_store("bucket") as store:
        store.fault = lambda asked, count: Fault(status=403, code="RequestTimeTooSkewed")
        client = BucketClient(Bucket("bucket", store.url), ONCE)
        with pytest.raises(RemoteUnreachable, match="set this machine's date and time"):
            client.whole(WANTED) if ask == "read" else client.keys("folder")
