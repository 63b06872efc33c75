"""The command ``vbdash sidecars``: makes what lets a release's files open without a request."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.cli.batches import Engine
from dashboard.cli.session_paths import wanted
from data_layer.batch.report import Report
from data_layer.batch.run import Batch
from data_layer.batch.sidecars import sidecar_task
from data_layer.batch.streaming import streamed_item
from data_layer.batch.task import Item
from data_layer.errors import DataLayerError
from data_layer.preparing.shelf import JOURNALS
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.project_cache.files import FileKind
from data_layer.remote.bucket import Bucket
from data_layer.remote.streamed import StreamedFiles, streamed_files
from data_layer.settings import Settings

AT_ONCE = 4


def make_sidecars(settings: Settings, ids: Sequence[int], into: str, engine: Engine) -> Report:
    """Make the sidecars of ``ids``, or of all files of the release if ``ids`` is empty.

    Those that are there are left as they are, so an interrupted run goes on where it was. A file
    that is on this machine is read here, any other from object storage.

    Raises:
        DataLayerError: The release cannot be read.
        NoCluster: The scheduler cannot be used.
    """
    cache = VisualBehaviorOphysProjectCache.of_settings(settings)
    report, found = Report(), dict[str, Item]()
    for kind, id_ in wanted(cache, ids, report.without_file, of_release=True):
        try:
            item = _item(cache, kind, id_, settings, into)
        except DataLayerError as error:
            report.without_file.append(str(error))
            continue
        if item is None:
            report.without_file.append(f"The manifest has no file of {kind} {id_}.")
        else:
            found.setdefault(item.path, item)
    items = engine.shard.of(found.values())
    task = sidecar_task(_streamed(settings, None, into).sidecars[-1])
    engine.run(Batch(task, items, settings.store_dir / JOURNALS), "Making sidecars", report)
    return report


def _item(
    cache: VisualBehaviorOphysProjectCache, kind: FileKind, id_: int, settings: Settings, into: str
) -> Item | None:
    """The streamed file of an id; reading one that is here costs no request."""
    place = cache.place_of(kind, id_)
    found = cache.manifest.objects.get(place) if cache.manifest and place else None
    if found is None or place is None:
        return None
    source = Bucket(str(place), protocol="file") if place.is_file() else None
    return streamed_item(kind, id_, _streamed(settings, source, into), found)


def _streamed(settings: Settings, source: Bucket | None, into: str) -> StreamedFiles:
    files = streamed_files(settings, source)
    places = (*files.sidecars, into) if into else files.sidecars
    return StreamedFiles(files.folder, files.bucket, places, files.limit)
