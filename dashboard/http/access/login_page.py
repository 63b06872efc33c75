"""The page that asks for the password: HTML without scripts, complete in itself."""

from __future__ import annotations

from string import Template

from flask import Response
from markupsafe import escape

from dashboard import theme

STYLE = f"""
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center;
  font-family: {theme.FONT}; color: {theme.INK}; background: #f4f6f8; }}
form {{ display: grid; gap: 12px; width: 20rem; max-width: 90vw; padding: 24px;
  background: {theme.PAPER}; border: 1px solid {theme.RULE}; border-radius: 6px; }}
h1 {{ font-size: 1.1rem; margin: 0; }}
label {{ display: grid; gap: 4px; }}
input, button {{ font: inherit; padding: 6px 8px; border: 1px solid {theme.MUTED};
  border-radius: 4px; }}
button {{ background: {theme.ACCENT}; color: {theme.PAPER}; cursor: pointer; }}
:focus-visible {{ outline: 2px solid {theme.ACCENT}; outline-offset: 2px; }}
p {{ margin: 0; color: #a3262a; }}
"""
PAGE = Template("""<!DOCTYPE html>
<html lang="en">
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


def login_page(problem: str = "", status: int = 200) -> Response:
    """The page, with a sentence about what was wrong before.

    The form has no ``action``: it is sent to the page's own address, which names where to go next.
    """
    shown = PROBLEM.format(escape(problem)) if problem else ""
    page = PAGE.substitute(style=STYLE, problem=shown, told=TOLD if problem else "")
    answer = Response(page, status, mimetype="text/html")
    answer.cache_control.no_store = True
    return answer
