"""What several requests and processes share: kept on disk, or in Redis where one is named."""

from __future__ import annotations

from flask import Flask
from flask_caching import Cache

from data_layer.errors import BadSetting
from data_layer.settings import Settings

DAY = 86400
KEPT_DAYS = 30


def shared_cache(server: Flask, settings: Settings, name: str, kept: int) -> Cache:
    """A cache called ``name`` that keeps the ``kept`` newest entries for 30 days.

    Raises:
        BadSetting: a Redis is named, but its client is not installed.
    """
    config = {"CACHE_DEFAULT_TIMEOUT": KEPT_DAYS * DAY, "CACHE_THRESHOLD": kept}
    if settings.redis_url:
        place = {
            "CACHE_TYPE": "RedisCache",
            "CACHE_REDIS_URL": settings.redis_url,
            "CACHE_KEY_PREFIX": f"vbdash/{name}/",
        }
    else:
        place = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(settings.work_dir / name)}
    try:
        return Cache(server, config=config | place)
    except RuntimeError as error:
        wanted = "unset, or the package redis (pip install 'visual-behavior-dashboard[redis]')"
        raise BadSetting("VBDASH_REDIS_URL", settings.redis_url, wanted) from error
