"""The panel ``events``: signals around task events."""

from dashboard.pages.session.panels.around_events.panel import NAME, layout, register

__all__ = ["NAME", "layout", "register"]
