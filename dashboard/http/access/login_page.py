"""The page that asks for the password: HTML without scripts, complete in itself."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from flask import Response
from markupsafe import escape

from dashboard import theme
from dashboard.theme.stylesheet import themes_stylesheet

STYLE = f"""
{themes_stylesheet()}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center;
  font-family: {theme.FONT}; font-size: calc(16px * var(--text) * var(--theme-text));
  color: var(--ink); background: var(--login); }}
form {{ display: grid; gap: 12px; width: 20rem; max-width: 90vw; padding: 24px;
  background: var(--paper); border: 1px solid var(--rule); border-radius: 6px; }}
h1 {{ font-size: 1.1em; margin: 0; }}
label {{ display: grid; gap: 4px; }}
input, button {{ font: inherit; padding: 6px 8px; border: 1px solid var(--muted);
  border-radius: 4px; }}
input {{ color: var(--ink); background: var(--paper); }}
button {{ background: var(--accent); color: var(--paper); cursor: pointer; }}
:focus-visible {{ outline: 2px solid var(--accent); outline-offset: 2px; }}
p {{ margin: 0; color: var(--problem); }}
"""
PAGE = Template("""<!DOCTYPE html>
<html lang="en"$chosen>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in – Visual Behavior Dashboard</title>
<link rel="icon" href="data:,">
<style>$style</style>
</head>
<body>
<main>
<form method="post">
<h1>Visual Behavior Dashboard</h1>
$problem
<label>Password
<input name="password" type="password" required autofocus autocomplete="current-password" $told>
</label>
<button>Log in</button>
</form>
</main>
</body>
</html>
""")
PROBLEM = '<p id="problem" role="alert">{}</p>'
TOLD = 'aria-invalid="true" aria-describedby="problem"'


def login_page(
    problem: str = "", status: int = 200, chosen: Mapping[str, str] | None = None
) -> Response:
    """The page, with a sentence about what was wrong before.

    The form has no ``action``: it is sent to the page's own address, which names where to go next.
    ``chosen`` may name the theme and the size of text; the system's setting holds without them.
    """
    shown = PROBLEM.format(escape(problem)) if problem else ""
    attributes = "".join(
        f' data-{name}="{escape(value)}"' for name, value in (chosen or {}).items()
    )
    told = TOLD if problem else ""
    page = PAGE.substitute(style=STYLE, problem=shown, told=told, chosen=attributes)
    answer = Response(page, status, mimetype="text/html")
    answer.cache_control.no_store = True
    return answer
