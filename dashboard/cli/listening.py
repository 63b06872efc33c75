"""Opens the socket on which the server listens, with errors that a user understands."""

from __future__ import annotations

import socket

EVERY_ADDRESS = ("0.0.0.0", "::")


class CannotListen(Exception):
    """The address is in use, unknown or not allowed; the text says which and what to do."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"cannot listen on {host}, port {port}: {reason}. Choose others with --host and --port."
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 chooses a free port.

    Raises:
        CannotListen: the address is in use, unknown or not allowed.
    """
    if not 0 <= port < 65536:
        raise CannotListen(host, port, "ports are numbers up to 65535")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        # create_server() repeats the address after the reason.
        reason = str(error.strerror).partition(" (while")[0]
        raise CannotListen(host, port, reason) from error


def url_of(listener: socket.socket) -> str:
    """The URL under which a browser on this machine reaches the socket."""
    host, port = listener.getsockname()[:2]
    if host in EVERY_ADDRESS:
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
