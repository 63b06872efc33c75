"""The panel ``events``: what happens around an event of the task."""

from dashboard.pages.session.panels.around_events.panel import NAME, layout, register

__all__ = ["NAME", "layout", "register"]
