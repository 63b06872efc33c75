"""The custom properties of all themes as one stylesheet, which stands in the page itself.

``assets/start/theme.js`` names the theme on the root element before anything is painted. Where no
script runs, as on the page that asks for the password, the system's setting holds.
"""

from __future__ import annotations

from functools import cache

from dashboard.theme.palettes import FIGURE_COLORS, TEXT_SIZES, THEMES, Theme


def css(color: str) -> str:
    """A colour of figures for a ``style`` in HTML, where it follows the theme.

    ``assets/themes/colors.js`` writes the same.
    """
    return f"var(--{color[1:]}, {color})" if color in FIGURE_COLORS else color


@cache
def themes_stylesheet() -> str:
    """The colours of each theme, and how large text is in it and when chosen."""
    light, *others = THEMES
    rules = [f":root{{--text:1;{_properties(THEMES[light])}}}"]
    rules += [f'html[data-theme="{name}"]{{{_properties(THEMES[name])}}}' for name in others]
    rules += [f'html[data-text="{size}"]{{--text:{size / 100:g}}}' for size in TEXT_SIZES]
    by_system = f"html:not([data-theme]){{{_properties(THEMES['dark'])}}}"
    return "\n".join([*rules, f"@media (prefers-color-scheme: dark){{{by_system}}}"])


def _properties(theme: Theme) -> str:
    figures = {light[1:]: theme.figures.get(light, light) for light in FIGURE_COLORS}
    colors = theme.page | figures
    scheme = "dark" if theme.is_dark else "light"
    rest = [f"color-scheme:{scheme}", f"--theme-text:{theme.text:g}"]
    return ";".join([*rest, *(f"--{name}:{color}" for name, color in colors.items())])
