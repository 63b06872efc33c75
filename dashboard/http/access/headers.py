"""The headers of every answer that tell browsers what its content may do.

``docs/sharing.md`` has the table of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from dash import Dash
from flask import Flask, Response

from data_layer.errors import BadSetting
from data_layer.settings import Settings, items

POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""What a page may load, and from where: nothing but what is named here.

Dash, AG Grid and Plotly write styles into the page while they run, with texts that depend on what
is shown: about 45 elements and attributes on a session's page, so that no list of hashes could
hold. Styles can send nothing elsewhere, because pictures and fonts come from here too. Scripts need
nothing but their files and the hashes of Dash's inline scripts: no part of the page evaluates text.
Plotly draws heatmaps as ``data:`` pictures.
"""
FIXED: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FRAME_OPTIONS = {"'none'": "DENY", "'self'": "SAMEORIGIN"}
"""The older header knows no list of sites; browsers that know ``frame-ancestors`` ignore it."""
KEYWORDS = {"none", "self"}
ORIGIN = re.compile(r"https?://(\*\.)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(:(\d{1,5}|\*))?", re.IGNORECASE)
WANTED = "none, self, or origins such as https://lab.example.org separated by commas"
HTML = "text/html"


def register(app: Dash, settings: Settings) -> None:
    """Add the headers to every answer of the app's server.

    Raises:
        BadSetting: the sites that may embed the dashboard are not origins.
    """
    server: Flask = app.server
    added = of_every_answer(settings)
    server.after_request(partial(_add, app, added, frame_ancestors(settings.embed_in)))


def of_every_answer(settings: Settings) -> dict[str, str]:
    """The headers of answers without scripts, those that the app never sees included.

    Raises:
        BadSetting: the sites that may embed the dashboard are not origins.
    """
    ancestors = frame_ancestors(settings.embed_in)
    added = {**FIXED, "Content-Security-Policy": policy(ancestors, [])}
    if ancestors in FRAME_OPTIONS:
        added["X-Frame-Options"] = FRAME_OPTIONS[ancestors]
    return added


def _add(app: Dash, added: Mapping[str, str], ancestors: str, answer: Response) -> Response:
    answer.headers.update(added)
    if answer.mimetype == HTML:
        # Hashes are counted for each page: Dash adds scripts until its first page is asked for.
        answer.headers["Content-Security-Policy"] = policy(ancestors, app.csp_hashes())
    return answer


def policy(ancestors: str, scripts: list[str]) -> str:
    """The content security policy of a page whose inline scripts have these hashes."""
    sources = {**POLICY, "frame-ancestors": ancestors}
    sources["script-src"] = " ".join([sources["script-src"], *scripts])
    return "; ".join(f"{name} {allowed}" for name, allowed in sources.items())


def frame_ancestors(embed_in: str) -> str:
    """The sites that may show the dashboard in a frame, as a policy names them.

    Raises:
        BadSetting: they are not ``none``, ``self`` or origins.
    """
    sites = items(embed_in) or ["none"]
    if "none" in sites and len(sites) > 1:
        raise BadSetting("VBDASH_EMBED_IN", embed_in, WANTED)
    return " ".join(_ancestor(site, embed_in) for site in sites)


def _ancestor(site: str, embed_in: str) -> str:
    if site in KEYWORDS:
        return f"'{site}'"
    if not ORIGIN.fullmatch(site):
        raise BadSetting("VBDASH_EMBED_IN", embed_in, WANTED)
    return site
