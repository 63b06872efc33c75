"""Who is answered, and what browsers may do with the answers.

Every request passes here before any page or route sees it:

1. ``hosts``: the host name must be a loopback name or a configured one.
2. ``origins``: a request that writes must not come from a page of another site.
3. ``admission``: the visitor is on this machine, knows the password, comes through the proxy,
   or anyone may come.

``headers`` adds the security headers to every answer. ``docs/sharing.md`` explains it to users.
"""

from __future__ import annotations

from dash import Dash

from dashboard.http.access import admission, headers, hosts, origins
from dashboard.http.url_prefix import prefix_of
from data_layer.settings import Settings

NAMES = "It answers to the host names {names}; --allowed-hosts adds others."


def register(app: Dash, settings: Settings) -> None:
    """Add the checks and headers to the app's server; call it before anything else is added.

    Raises:
        NotProtected: other machines could reach the server, and nothing says who may come in.
        BadSetting: a setting of these checks cannot be used.
    """
    headers.register(app, settings)
    hosts.register(app.server, settings)
    origins.register(app.server)
    admission.register(app.server, settings)


def check(settings: Settings) -> str:
    """Raise as ``register``; gives what a server with these settings says on start, or ``""``."""
    headers.frame_ancestors(settings.embed_in)
    prefix_of(settings)
    names = sorted(hosts.allowed_names(settings))
    told = [admission.sentence(settings)]
    if not hosts.is_loopback(settings.host):
        told.append(NAMES.format(names=", ".join(["localhost", *names])))
    return "\n".join(filter(None, told))
