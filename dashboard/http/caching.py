"""Caches that requests and processes share: on disk, or in Redis where one is configured."""

from __future__ import annotations

from flask import Flask
from flask_caching import Cache

from data_layer.errors import BadSetting
from data_layer.settings import Settings

DAY = 86400
KEPT_DAYS = 30


def shared_cache(server: Flask, settings: Settings, name: str, max_entries: int) -> Cache:
    """A cache called ``name`` whose entries expire after 30 days.

    On disk it holds at most ``max_entries``; Redis has limits of its own.

    Raises:
        BadSetting: Redis is configured, but its client is not installed.
    """
    config = {"CACHE_DEFAULT_TIMEOUT": KEPT_DAYS * DAY, "CACHE_THRESHOLD": max_entries}
    if settings.redis_url:
        backend = {
            "CACHE_TYPE": "RedisCache",
            "CACHE_REDIS_URL": settings.redis_url,
            "CACHE_KEY_PREFIX": f"vbdash/{name}/",
        }
    else:
        backend = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(settings.work_dir / name)}
    try:
        return Cache(server, config=config | backend)
    except RuntimeError as error:
        wanted = "unset, or the package redis (pip install 'visual-behavior-dashboard[redis]')"
        raise BadSetting("VBDASH_REDIS_URL", settings.redis_url, wanted) from error
