"""A reverse proxy on loopback behind which a server has a path of the host, as in a lab."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.lossy_proxy import answer, passed_on

NOT_OURS = b"This path belongs to another program of the host."


@dataclass
class PathProxy:
    """Passes what is below ``prefix`` on to ``upstream``, with the prefix or, ``strips``, without.

    Everything else is answered with 404, and stands in ``outside``.
    """

    upstream: str
    prefix: str
    strips: bool
    origin: str = ""
    outside: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the server is for browsers, without a slash at the end."""
        return self.origin + self.prefix

    def target(self, path: str) -> str | None:
        """The URL that a path is passed on to; None if it is not below the prefix."""
        if not f"{path}/".startswith((f"{self.prefix}/", f"{self.prefix}?")):
            self.outside.append(path)
            return None
        kept = path.removeprefix(self.prefix) if self.strips else path
        return self.upstream + (kept if kept.startswith("/") else f"/{kept}")


@contextmanager
def path_proxy(upstream: str, prefix: str, *, strips: bool) -> Iterator[PathProxy]:
    """The proxy while the block lasts."""
    proxy = PathProxy(upstream, prefix, strips)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(proxy))
    proxy.origin = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


def _handler(proxy: PathProxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            target = proxy.target(self.path)
            if target is None:
                return answer(self, 404, [("Content-Type", "text/plain")], NOT_OURS)
            return answer(self, *passed_on(self, target, body))

        do_POST = do_GET  # noqa: N815 - the name that http.server looks for

    return Handler
