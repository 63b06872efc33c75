"""``create_app``: builds the Dash application from its pages, routes and caches."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import dash
from dash import Dash, html
from flask import Response, jsonify

from dashboard.arguments import dash_requests, limits, refusals, routes
from dashboard.arguments.pages import page_layout
from dashboard.components.buttons.fetch_button import can_fetch
from dashboard.components.top_bar import (
    CONTENT,
    downloads_dialog,
    keys_dialog,
    notice,
    preparing_dialog,
    skip_link,
    top_bar,
)
from dashboard.components.unavailable import always_a_page, no_such_page
from dashboard.http import (
    access,
    annotation_routes,
    compression,
    download_routes,
    parquet_route,
    pictures,
    preparation_routes,
    url_prefix,
)
from dashboard.http.caching import shared_cache
from dashboard.http.current_stores import remember
from dashboard.http.kept_answers import KeptAnswers
from dashboard.http.page_files import page as page_files
from dashboard.http.page_files.files import PageFiles
from dashboard.http.url_prefix import prefix_of
from dashboard.limits import body_limit, turns
from dashboard.pages import cell, compare, container, explore, mouse, notes, quality, session
from dashboard.pages.explore.measures import Summaries
from dashboard.pages.explore.places import PreparedFiles
from dashboard.pages.session.recording import fingerprints
from dashboard.theme.palettes import TEXT_SIZES, THEMES
from dashboard.theme.stylesheet import themes_stylesheet
from dashboard.urls.prefix import below
from dashboard.urls.routes import HEALTH, IMPORT_NOTES
from dashboard.urls.templates import link
from dashboard.vocabulary.browser import PACKAGE, running_version, with_vocabulary
from data_layer.annotations.database import AnnotationDatabase
from data_layer.batch.background import Preparations
from data_layer.errors import WorkDirUnwritable
from data_layer.kept_files import require_writable
from data_layer.preparing.queue import Preparer
from data_layer.preparing.shelf import Shelf
from data_layer.preparing.warm_up import warm_up
from data_layer.project_cache.behavior_history import BehaviorHistory
from data_layer.project_cache.open_stores import OpenStores
from data_layer.project_cache.protocol import Cache
from data_layer.quality.measures import MEASURES
from data_layer.settings import Settings

log = logging.getLogger(__name__)

GIGABYTE = 10**9
KEPT_FILES = 50  # MB of compressed scripts and stylesheets; those of one version are 2 MB
TITLE = "Visual Behavior Dashboard"
BOOTSTRAP = "/assets/vendor/bootstrap.min.css"
ENGLISH = '<html lang="en">'
START = "/assets/start/start.js"
THEME = "/assets/start/theme.js"


def assets_folder() -> Path:
    """The folder of stylesheets and scripts: in the installed package or beside it in a clone."""
    inside = Path(__file__).parent / "assets"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "assets"


def create_app(cache: Cache, settings: Settings | None = None) -> Dash:
    """The dashboard for one cache; ``app.server`` is the Flask application.

    Args:
        cache: a project cache or a single file.
        settings: read from the environment where None.

    Raises:
        DataLayerError: the settings leave open who may come in, or one of them cannot be used.
    """
    settings = settings or Settings.from_environment()
    prefix = prefix_of(settings)
    with below(prefix):
        app = _app(cache, settings)
    url_prefix.register(app.server, prefix)
    return app


def _app(cache: Cache, settings: Settings) -> Dash:
    warm_up()
    _tell_if_unwritable(settings.work_dir)
    # Dash keeps the pages of all apps of a process in one global registry (plotly/dash#2398):
    # without this a second app, as in the tests, would fail at paths that exist already.
    dash.page_registry.clear()
    app = Dash(
        "dashboard",
        use_pages=True,
        pages_folder="",
        assets_folder=str(assets_folder()),
        # named below, in the page's head or by assets/core/late_files.js
        assets_path_ignore=["vendor", "start"],
        external_stylesheets=[link(BOOTSTRAP)],
        routes_pathname_prefix="/",
        requests_pathname_prefix=link("/"),
        title=TITLE,
        update_title=None,
        suppress_callback_exceptions=True,
    )
    _check_requests(app, settings)
    files = PageFiles(app, assets_folder())
    index = with_vocabulary(app.index_string, settings.max_compared)
    index = index.replace("{%css%}", _first(files), 1)
    app.index_string = index.replace("<html>", ENGLISH, 1)
    _register_pages(app, cache, settings)
    _frame_pages()
    app.layout = _frame(settings, with_downloads=_register_downloads(app, cache, settings))
    routes.add_route(app.server, HEALTH, "health", _health)
    page_files.register(app, files)
    return app


def _first(files: PageFiles) -> str:
    """What stands before the stylesheets: what must be there when they are lost, or at once."""
    sizes = " ".join(map(str, TEXT_SIZES))
    choices = f'data-themes="{" ".join(THEMES)}" data-sizes="{sizes}"'
    start, theme = files.asset_link(START), files.asset_link(THEME)
    return (
        f'<script src="{start}"></script><script src="{theme}" {choices}></script>'
        f"{{%css%}}<style>{themes_stylesheet()}</style>"
    )


def _frame(settings: Settings, *, with_downloads: bool) -> html.Div:
    with_logout = settings.password_file is not None
    bar = top_bar(with_logout=with_logout, with_downloads=with_downloads)
    content = html.Main(dash.page_container, id=CONTENT, tabIndex=-1)
    dialogs = [keys_dialog(), preparing_dialog(), *([downloads_dialog()] if with_downloads else [])]
    return html.Div([skip_link(), bar, content, *dialogs, notice()], id="page")


def _register_downloads(app: Dash, cache: Cache, settings: Settings) -> bool:
    """Add the routes of downloads where files can be downloaded; returns whether they can."""
    if not can_fetch(cache):
        return False
    download_routes.register(app.server, cache, may_start=not settings.allow_anyone)
    return True


def _check_requests(app: Dash, settings: Settings) -> None:
    """Check who asks, and what, before anything else sees a request."""
    kept = shared_cache(settings, "files", KEPT_FILES)
    copies = compression.register(app.server, kept)
    access.register(app, settings)
    limits.remember(app.server, settings)
    body_limit.register(app.server, settings, {IMPORT_NOTES: settings.import_limit})
    turns.register(app, settings)
    refusals.register(app.server)
    dash_requests.register(app)
    routes.prepare(app.server)
    compression.answer_from_memory(app.server, copies)


def _register_pages(app: Dash, cache: Cache, settings: Settings) -> None:
    shelf = Shelf(settings.store_dir, settings.store_limit * GIGABYTE)
    preparer = Preparer(shelf, enabled=bool(settings.prepare))
    stores = OpenStores(cache, settings.open_sessions, preparer)
    history = BehaviorHistory(cache, settings.work_dir / "behavior", shelf.summaries)
    remember(app, stores)
    pictures.register(app.server, stores, settings)
    annotations = AnnotationDatabase(settings.annotations_file)
    annotation_routes.register(app.server, annotations)
    parquet_route.register(app.server)
    notes.register(app, cache, annotations)
    prepared = PreparedFiles(cache, shelf)
    asked = Preparations(cache, shelf)
    may_start = not settings.allow_anyone
    preparation_routes.register(app.server, cache, asked, prepared, may_start=may_start)
    explore.register(app, cache, Summaries(prepared, MEASURES))
    session.register(app, stores, annotations, asked)
    quality.register(app, cache, shelf)
    mouse.register(app, history)
    cell.register(app, stores)
    compare.register(app, stores, history)
    container.register(app, stores, history)
    kept = shared_cache(settings, "answers", settings.kept_answers)
    KeptAnswers(kept, partial(fingerprints, stores)).register(app.server)


def _frame_pages() -> None:
    """Give unknown addresses a page, and every page one to show when its layout fails."""
    unknown = page_layout(no_such_page)
    dash.register_page("not_found_404", title=f"Not found – {TITLE}", layout=unknown)
    for name, page in dash.page_registry.items():
        page["layout"] = always_a_page(page["layout"], name)


def _tell_if_unwritable(work_dir: Path) -> None:
    try:
        require_writable(work_dir)
    except WorkDirUnwritable as error:
        log.warning("%s Until then nothing is kept: sessions are read from their files.", error)


def _health() -> Response:
    answer = jsonify(name=PACKAGE, version=running_version())
    answer.cache_control.no_store = True
    return answer
