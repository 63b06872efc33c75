"""Connections that notice slow clients, and the upkeep that closes those that are too slow.

Waitress reads requests and sends answers in one thread for all connections, so a client that
sends or reads slowly holds no thread that answers. It closes connections that have been idle for
too long, but not those whose request never ends or whose answer is never read.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge, RequestHeaderFieldsTooLarge

from dashboard.cli.arriving import Arriving, Gate, Misdirected
from dashboard.limits.body_limit import too_large

LINGER = 5.0  # s


class ErrorAnswer(ErrorTask):  # type: ignore[misc]
    """The answer to a request that is refused before the app sees it: a sentence as plain text."""

    def execute(self) -> None:
        """Send the answer; the connection is closed afterwards."""
        error, limits = self.request.error, self.request.adj
        sentences = {
            Misdirected: error.body,
            RequestEntityTooLarge: too_large(limits.max_request_body_size),
            RequestHeaderFieldsTooLarge: (
                f"The headers of this request take more than {limits.max_request_header_size:,} "
                "bytes, the most that is taken. Ask with a shorter address."
            ),
        }
        sentence = sentences.get(
            type(error), f"This request cannot be understood: {error.body.rstrip('.')}."
        )
        body = sentence.encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
            *self.channel.server.gate.headers.items(),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection.

    After an answer to a faulty request, such as one with too large a body, it reads for some
    seconds what the client still sends: if it were closed at once, the client's system would throw
    the answer away.
    """

    error_task_class = ErrorAnswer
    began = 0.0
    """When the request that is arriving began."""
    lingers_until: float | None = None
    """Until when the rest of a faulty request is read, once it has been answered."""
    is_faulty = False

    def parser_class(self, adj: Adjustments) -> Arriving:
        """A request of this connection, before any of it has arrived."""
        return Arriving(adj, self.server.gate)

    def received(self, data: bytes) -> bool:
        """Take what has arrived."""
        if self.lingers_until is not None:
            return False
        before = self.request
        taken: bool = super().received(data)
        if self.request is not before:
            self.began = time.time()
        with self.requests_lock:
            self.is_faulty = bool(self.requests and self.requests[-1].error)
        return taken

    def readable(self) -> bool:
        """Whether to read from the client now."""
        return self.lingers_until is not None or super().readable()

    def handle_close(self) -> None:
        """Close, or linger first."""
        if self.is_faulty and self.lingers_until is None and self.connected:
            self.will_close = False
            self.lingers_until = time.time() + LINGER
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                return
        super().handle_close()

    def is_too_slow(self, now: float, *, request_seconds: float, idle_seconds: float) -> bool:
        """Whether the client takes too long to send its request or to read its answer."""
        if self.lingers_until is not None:
            return now > self.lingers_until
        if self.request is not None and now - self.began > request_seconds:
            return True
        return bool(self.total_outbufs_len) and now - self.last_activity > idle_seconds

    def abort(self) -> None:
        """End the connection; the loop closes the socket, and a thread that writes is told."""
        self.is_faulty, self.will_close = False, True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


class PatientServer(TcpWSGIServer):  # type: ignore[misc]
    """Waitress' server with the upkeep of slow clients."""

    channel_class = Channel
    request_seconds: float
    gate: Gate

    def maintenance(self, now: float) -> None:
        """Close idle connections and those of clients that are too slow."""
        super().maintenance(now)
        idle = self.adj.channel_timeout
        for channel in list(self.active_channels.values()):
            # A thread that is just adding to the answer holds this lock.
            if channel.outbuf_lock.acquire(blocking=False):
                try:
                    too_slow = channel.is_too_slow(
                        now, request_seconds=self.request_seconds, idle_seconds=idle
                    )
                finally:
                    channel.outbuf_lock.release()
                if too_slow:
                    channel.abort()

    def refuse_new(self) -> None:
        """Stop listening; ``close`` of Waitress would end the connections that are open too."""
        self.del_channel(self._map)
        self.socket.close()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered or an answer is still being sent."""
        return any(c.requests or c.total_outbufs_len for c in list(self.active_channels.values()))
