"""The entry of Jupyter's launcher, which jupyter-server-proxy asks for when Jupyter starts.

Jupyter waits for this module, so that it imports nothing of the dashboard.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

NAME = "vbdash"
ON_A_HUB = "JUPYTERHUB_SERVICE_PREFIX"
HOSTS = "VBDASH_ALLOWED_HOSTS"
ANY_HOST = "*"
SLOWEST_START = 120.0  # s; a first start fetches the tables


def launcher() -> dict[str, Any]:
    """How jupyter-server-proxy starts the dashboard, and what the launcher shows."""
    command = [sys.executable, "-m", "dashboard.cli", "serve"]
    where = ["--host", "127.0.0.1", "--port", "{port}", "--url-prefix", f"{{base_url}}{NAME}"]
    return {
        "command": command + where,
        "environment": hub_hosts(),
        "absolute_url": True,  # the proxy leaves the prefix in what it passes on
        "timeout": SLOWEST_START,
        "launcher_entry": {
            "title": "Visual Behavior",
            "icon_path": str(Path(__file__).with_name("icon.svg")),
        },
    }


def hub_hosts() -> dict[str, str]:
    """The setting of host names on a hub, whose name nobody tells us.

    Its proxies stand before the port, and no browser runs beside it that another site's page could
    lead there.
    """
    return {HOSTS: ANY_HOST} if ON_A_HUB in os.environ and not os.environ.get(HOSTS) else {}
