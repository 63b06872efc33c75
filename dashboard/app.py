"""``create_app``: builds the Dash application from its pages, routes and caches."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from pathlib import Path

import dash
from dash import Dash, html
from flask import Response, jsonify

from dashboard.components.top_bar import keys_dialog, notice, top_bar
from dashboard.http import annotation_routes, pictures
from dashboard.http.caching import shared_cache
from dashboard.http.current_stores import remember
from dashboard.http.kept_answers import KEPT_ANSWERS, KeptAnswers
from dashboard.limits import body_limit, current, turns
from dashboard.pages import cell, compare, container, explore, mouse, notes, quality, session
from dashboard.pages.explore.measures import Summaries
from dashboard.pages.session.recording import fingerprints
from dashboard.urls.routes import HEALTH
from dashboard.vocabulary.browser import with_vocabulary
from data_layer.annotations.database import AnnotationDatabase
from data_layer.preparing.queue import Preparer
from data_layer.preparing.shelf import Shelf
from data_layer.preparing.warm_up import warm_up
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.open_stores import OpenStores
from data_layer.project_cache.protocol import Cache
from data_layer.quality.measures import MEASURES
from data_layer.settings import Settings

GIGABYTE = 10**9
BOOTSTRAP = "/assets/vendor/bootstrap.min.css"


def assets_folder() -> Path:
    """The folder of stylesheets and scripts: in the installed package or beside it in a clone."""
    inside = Path(__file__).parent / "assets"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "assets"


def create_app(cache: Cache, settings: Settings | None = None) -> Dash:
    """The dashboard for one cache; ``app.server`` is the Flask application.

    Args:
        cache: a project cache or a single file.
        settings: read from the environment where None.
    """
    settings = settings or Settings.from_environment()
    warm_up()
    # Dash keeps the pages of all apps of a process in one global registry (plotly/dash#2398):
    # without this a second app, as in the tests, would fail at paths that exist already.
    dash.page_registry.clear()
    app = Dash(
        "dashboard",
        use_pages=True,
        pages_folder="",
        assets_folder=str(assets_folder()),
        assets_path_ignore=["vendor"],  # named below or loaded by assets/core/early_plotly.js
        external_stylesheets=[BOOTSTRAP],
        title="Visual Behavior Dashboard",
        update_title=None,
        suppress_callback_exceptions=True,
    )
    app.index_string = with_vocabulary(app.index_string)
    shelf = Shelf(settings.store_dir, settings.store_limit * GIGABYTE)
    preparer = Preparer(shelf, enabled=bool(settings.prepare))
    stores = OpenStores(cache, settings.open_sessions, preparer)
    history = BehaviorHistory(cache, settings.work_dir / "behavior")
    body_limit.register(app.server, settings)
    current.remember(app.server, settings)
    turns.register(app, settings)
    remember(app, stores)
    pictures.register(app.server, stores, settings)
    annotations = AnnotationDatabase(settings.annotations_file)
    annotation_routes.register(app.server, annotations, settings)
    notes.register(app, cache, annotations)
    explore.register(app, cache, Summaries(shelf.summaries, MEASURES))
    session.register(app, stores, annotations)
    quality.register(app, cache, shelf)
    mouse.register(app, history)
    cell.register(app, stores)
    compare.register(app, stores, history)
    container.register(app, stores, history)
    kept = shared_cache(app.server, settings, "answers", KEPT_ANSWERS)
    KeptAnswers(kept, partial(fingerprints, stores)).register(app.server)
    app.layout = html.Div([top_bar(), dash.page_container, keys_dialog(), notice()], id="page")
    app.server.add_url_rule(HEALTH, "health", _health)
    return app


def _health() -> Response:
    return jsonify(name="visual-behavior-dashboard", version=version("visual-behavior-dashboard"))
