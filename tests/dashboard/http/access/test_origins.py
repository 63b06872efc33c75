"""Requests that write: from the own pages and from programs, not from pages of other sites."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.dashboard.http.access.conftest import Visit

NOTE = {"subject": "experiment", "subject_id": 7, "label": "good", "author": "Ada"}
OWN: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "http://localhost:80"},
    {"Origin": "http://127.0.0.1:8050", "Host": "127.0.0.1:8050"},
    {"Origin": "http://[::1]:8050", "Host": "[::1]:8050"},
    {"Origin": "https://localhost", "Host": "localhost"},  # the proxy speaks https, we do not
]
FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://localhost:8050", "Host": "127.0.0.1:8050"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://[::1"},
    {"Origin": "http://localhost:port"},
    {"Origin": "file://"},
]


@pytest.fixture
def client(visit: Visit) -> FlaskClient:
    return visit()


def notes(client: FlaskClient) -> list[Any]:
    answer = client.get("/annotations.json").json
    assert answer is not None
    return list(answer["annotations"])


@pytest.mark.parametrize("headers", OWN)
def test_own_pages_and_programs_write(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/annotations", json=NOTE, headers=headers).status_code == 201


@pytest.mark.fault
@pytest.mark.parametrize("headers", FOREIGN)
def test_a_page_of_another_site_that_writes_is_refused(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    for method in "POST", "PUT", "DELETE", "PATCH":
        for path in "/annotations", "/annotations/import", "/_dash-update-component", "/health":
            answer = client.open(path, method=method, json=NOTE, headers=headers)
            assert answer.status_code == 403
            assert "another site may not write" in answer.text
    assert notes(client) == []


def test_a_link_from_another_site_opens_a_page(client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
    assert client.get("/", headers=headers).status_code == 200
