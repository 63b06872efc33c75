"""The address of a server on this machine."""

from __future__ import annotations

import socket

EVERY_ADDRESS = ("0.0.0.0", "::")


class CannotListen(Exception):
    """The address is taken, unknown or not allowed; the text says so and what to do."""

    def __init__(self, host: str, port: int, error: Exception) -> None:
        # create_server() repeats the address after the reason.
        reason = (getattr(error, "strerror", None) or str(error)).partition(" (while")[0]
        super().__init__(
            f"cannot listen on {host}, port {port}: {reason.rstrip('.')}. "
            "Choose others with --host and --port."
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        CannotListen: The address is taken, unknown or not allowed.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise CannotListen(host, port, error) from error


def url_of(listener: socket.socket) -> str:
    """The URL under which a browser on this machine reaches the socket."""
    host, port = listener.getsockname()[:2]
    if host in EVERY_ADDRESS:
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
