"""Runs gunicorn for one user: one process with threads, started from Python."""

from __future__ import annotations

import socket

from flask import Flask
from gunicorn.app.base import BaseApplication

THREADS = 8


class _LocalServer(BaseApplication):  # type: ignore[misc]
    """One process, so that each session is opened once and shared by all requests."""

    def __init__(self, server: Flask, listener: socket.socket) -> None:
        self.server, self.listener = server, listener
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"fd://{self.listener.detach()}",
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 0,  # else gunicorn kills the only process while it waits for a slow disk
            "graceful_timeout": 10,
            "loglevel": "error",
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.server


def serve(server: Flask, listener: socket.socket) -> None:
    """Answer requests on a listening socket until Ctrl-C, then exit the process."""
    _LocalServer(server, listener).run()
