"""Requests as they arrive: what their headers rule out is refused before the body is taken.

Waitress takes a body before the app sees a request. A client that the app refuses for its host
name could otherwise send the largest body first.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.utilities import BadRequest, Error, RequestEntityTooLarge

from dashboard.http.access import headers, hosts
from dashboard.http.url_prefix import prefix_of
from dashboard.urls.prefix import inside
from dashboard.urls.routes import IMPORT_NOTES
from data_layer.settings import MEGABYTE, Settings

LONGEST_LINE = 1024  # bytes
AMBIGUOUS = "it has both a Content-Length and a Transfer-Encoding, or one that HTTP/1.0 lacks"
UNREADABLE = "its address or its Content-Length cannot be read"


class Misdirected(Error):  # type: ignore[misc]
    """The request is for a host name that this server does not answer to."""

    code, reason = hosts.MISDIRECTED, "Misdirected Request"


@dataclass(frozen=True)
class Gate:
    """What the settings say about every request before its body is read."""

    allowed: frozenset[str]
    """The host names besides loopback names."""
    body_limit: int
    """The largest body (bytes), except that of an import of notes."""
    headers: Mapping[str, str]
    """The headers of every answer."""
    prefix: str = ""
    """The path below which the dashboard is."""

    @classmethod
    def of(cls, settings: Settings) -> Gate:
        """The gate for these settings; raises BadSetting as :func:`dashboard.http.access.check`."""
        return cls(
            hosts.allowed_names(settings),
            settings.body_limit * MEGABYTE,
            headers.of_every_answer(settings),
            prefix_of(settings),
        )


class Chunks(ChunkedReceiver):  # type: ignore[misc]
    """A body in chunks; waitress keeps and searches an endless line before a chunk again and again.

    The same holds for the lines after the last chunk.
    """

    error: Error | None

    def received(self, data: bytes) -> int:
        """Take what has arrived; gives the number of bytes taken."""
        taken: int = super().received(data)
        waiting = self.trailer if self.all_chunks_received else self.control_line
        if not self.error and len(waiting) > LONGEST_LINE:
            self.error = BadRequest(f"a line between its chunks has over {LONGEST_LINE:,} bytes")
        return taken


class Arriving(HTTPRequestParser):  # type: ignore[misc]
    """One request."""

    adj: Adjustments
    error: Error | None
    body_rcv: Any
    is_checked = False

    def __init__(self, adj: Adjustments, gate: Gate) -> None:
        super().__init__(adj)
        self.gate = gate

    def received(self, data: bytes) -> int:
        """Take what has arrived; gives the number of bytes taken."""
        taken: int = super().received(data)
        if self.headers_finished and not self.empty and not self.error:
            if not self.is_checked:
                self._limit_body()
            self._refuse(self._problem())
            self.is_checked = True
        if self.error:
            self.expect_continue = False  # the client need not send the body
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers.

        Raises:
            ParsingError: they cannot be understood.
        """
        try:
            super().parse_header(header_plus)
        except ValueError:  # a number of thousands of digits, an address with half a bracket
            raise ParsingError(UNREADABLE) from None
        is_chunked = self.chunked or "TRANSFER_ENCODING" in self.headers
        if is_chunked and (not self.chunked or "CONTENT_LENGTH" in self.headers):
            raise ParsingError(AMBIGUOUS)
        if self.chunked:
            self.body_rcv = Chunks(self.body_rcv.getbuf())

    def _limit_body(self) -> None:
        if inside(self.path, self.gate.prefix) != IMPORT_NOTES:
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = self.gate.body_limit + 1  # the first refused

    def _refuse(self, error: Error | None) -> None:
        if error is not None:
            self.error, self.completed = error, True

    def _problem(self) -> Error | None:
        if not self.is_checked and (name := self._foreign_name()) is not None:
            return Misdirected(hosts.REFUSED.format(name=name[: hosts.LONGEST_NAME]))
        announced = self.content_length
        if self.chunked:
            announced = len(self.body_rcv) + self.body_rcv.chunk_remainder
        most = self.adj.max_request_body_size
        return RequestEntityTooLarge(f"over {most}") if announced >= most else None

    def _foreign_name(self) -> str | None:
        """The host name that is not allowed; an address may name another than the header."""
        names = [self.headers.get("HOST", ""), *filter(None, [self.proxy_netloc])]
        refused = (n for n in names if not hosts.is_allowed(hosts.name_of(n), self.gate.allowed))
        return next(refused, None)
