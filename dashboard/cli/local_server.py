"""Runs Waitress for one process with threads, which opens each session once for all requests."""

from __future__ import annotations

import ctypes
import logging
import socket
import time
from contextlib import suppress
from typing import NoReturn

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments

from dashboard.cli.arriving import Gate
from dashboard.cli.channels import PatientServer
from dashboard.cli.lanes import Lanes
from dashboard.http.url_prefix import prefix_of
from dashboard.urls.routes import HEALTH
from data_layer.ending import leave, on_signals
from data_layer.settings import KILOBYTE, MEGABYTE, Settings

GRACE = 5.0  # s
M_ARENA_MAX, ARENAS = -8, 2
LOOK_EVERY = 1.0  # s


def serve(server: Flask, listener: socket.socket, settings: Settings) -> NoReturn:
    """Answer requests on a listening socket until SIGINT or SIGTERM, then end the process.

    Requests under way have ``GRACE`` seconds to end; a second signal ends at once.
    """
    _share_freed_memory()
    for name in ("waitress", "waitress.queue"):  # it warns whenever a request waits for a thread
        logging.getLogger(name).setLevel(logging.ERROR)
    # Dash sets itself up when it is first asked, which two requests at once can break.
    server.test_client().get(HEALTH)
    patient = patient_server(server, listener, settings)
    ended_by: list[int] = []

    def end(number: int) -> None:
        ended_by.append(number)
        if len(ended_by) > 1:
            leave(128 + number)
        patient.pull_trigger()

    with on_signals(end):
        while not ended_by:
            look_once(patient)
        patient.refuse_new()
        until = time.monotonic() + GRACE
        while patient.is_busy and time.monotonic() < until:
            look_once(patient)
        leave(0)


def _share_freed_memory() -> None:
    """Let the threads share what they have freed, where malloc is glibc's.

    By default each keeps its own: after 28 figures of the widest windows the process had 1.9 GB,
    with shared memory 0.8 GB.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def look_once(patient: PatientServer) -> None:
    """Read and send what the connections are ready for, after at most ``LOOK_EVERY`` seconds."""
    wasyncore.loop(LOOK_EVERY, map=patient._map, use_poll=True, count=1)


def patient_server(server: Flask, listener: socket.socket, settings: Settings) -> PatientServer:
    """Waitress with the limits of the settings, for :func:`serve` to run."""
    adjustments = Adjustments(
        sockets=[listener],
        ident=None,
        backlog=128,
        connection_limit=settings.connections,
        channel_timeout=settings.idle_seconds,
        cleanup_interval=1,
        max_request_header_size=settings.header_limit * KILOBYTE,
        max_request_body_size=max(settings.body_limit, settings.import_limit) * MEGABYTE,
        outbuf_high_watermark=settings.answer_buffer * MEGABYTE,
        asyncore_use_poll=True,
    )
    patient = PatientServer(
        server,
        _sock=listener,
        dispatcher=Lanes(settings.all_threads, prefix_of(settings)),
        adj=adjustments,
        bind_socket=False,
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
    )
    patient.gate = Gate.of(settings)
    patient.request_seconds = settings.request_seconds
    return patient
