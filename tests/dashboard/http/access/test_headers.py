"""The headers of every answer."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from dashboard.http.access.headers import FIXED, POLICY, frame_ancestors
from data_layer.errors import BadSetting
from tests.dashboard.http.access.conftest import Visit

DOCUMENTATION = Path(__file__).resolve().parents[4] / "docs" / "sharing.md"
ROUTES = [
    "/",
    "/experiment/1",
    "/health",
    "/annotations.csv",
    "/data/experiment/1/running_speed.csv",
    "/annotations.json",
    "/tables/experiment.json",
    "/tables/nothing.json",
    "/assets/core/dom.js",
    "/assets/core/layout.css",
    "/assets/nothing.js",
    "/assets/favicon.ico",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_dash-component-suites/dash/deps/react@18.3.1.min.js",
    "/_favicon.ico",
    "/picture/experiment/1/max_projection.png",
]


def sha256(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.parametrize("path", ROUTES)
def test_every_answer_has_them(visit: Visit, path: str) -> None:
    client = visit()
    answers = [
        client.get(path),
        client.head(path),
        client.options(path),
        client.put(path),  # mostly 405
        client.get(path, headers={"Host": "rebound.example"}),
        client.post(path, headers={"Sec-Fetch-Site": "cross-site"}),
    ]
    for answer in answers:
        for name, value in FIXED.items():
            assert answer.headers[name] == value
        assert answer.headers["X-Frame-Options"] == "DENY"
        policy = directives(answer.headers["Content-Security-Policy"])
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"


@pytest.mark.fault
def test_an_answer_after_an_error_of_ours_has_them_too(visit: Visit) -> None:
    client = visit()
    client.application.add_url_rule("/broken", "broken", lambda: 1 // 0)
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"]


def test_scripts_are_files_of_ours_and_inline_scripts_with_a_hash(visit: Visit) -> None:
    answer = visit().get("/")
    scripts = directives(answer.headers["Content-Security-Policy"])["script-src"].split()
    assert scripts[0] == "'self'"
    assert all(re.fullmatch(r"'sha256-[\w+/]+='", source) for source in scripts[1:])
    page = re.sub(r"<!--.*?-->", "", answer.text, flags=re.S)  # scripts of old browsers
    inline = re.findall(r"<script(?![^>]*(?:src=|json))[^>]*>(.*?)</script>", page, re.S)
    assert {sha256(script) for script in inline} == set(scripts[1:])
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert "*" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("sites", "ancestors", "frames"),
    [
        ("none", "'none'", "DENY"),
        ("", "'none'", "DENY"),
        ("self", "'self'", "SAMEORIGIN"),
        ("https://lab.example.org", "https://lab.example.org", None),
        (
            "self, http://a.example:8080,https://*.b.example",
            "'self' http://a.example:8080 https://*.b.example",
            None,
        ),
    ],
)
def test_who_may_embed_the_dashboard_is_a_setting(
    visit: Visit, sites: str, ancestors: str, frames: str | None
) -> None:
    answer = visit(embed_in=sites).get("/")
    policy = directives(answer.headers["Content-Security-Policy"])
    assert policy["frame-ancestors"] == ancestors
    assert answer.headers.get("X-Frame-Options") == frames


@pytest.mark.parametrize(
    "wrong", ["*", "lab.example", "https://a.example/x", "https://a; script-src *", "none,self"]
)
def test_what_is_no_origin_cannot_embed(wrong: str) -> None:
    with pytest.raises(BadSetting, match="VBDASH_EMBED_IN"):
        frame_ancestors(wrong)


def test_the_documentation_names_every_header_and_its_value() -> None:
    told = DOCUMENTATION.read_text()
    for name, value in FIXED.items():
        assert f"| `{name}` | `{value}` |" in told
    for name, sources in POLICY.items():
        assert f"{name} {sources}" in told
