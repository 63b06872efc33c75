"""Collects the errors of a page in the browser: console errors, exceptions, failed requests."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request, Response

SUPERSEDED = "net::ERR_ABORTED"  # a newer request replaced this one


def listen_for_complaints(page: Page, complaints: list[str]) -> None:
    """Add every error of ``page`` from now on to ``complaints``."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def response(answer: Response) -> None:
        if answer.status >= 400:
            complaints.append(f"{answer.status}: {answer.url}")

    def failed(request: Request) -> None:
        if request.failure != SUPERSEDED:
            complaints.append(f"{request.failure}: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
    page.on("response", response)
    page.on("requestfailed", failed)
