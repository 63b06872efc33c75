"""Serves plotly-resampler's Dash app until the process is ended."""

from __future__ import annotations

import json
import logging
import sys

from benchmarks.measured.resampler_figure import resampler_app

if __name__ == "__main__":
    task = json.loads(sys.argv[1])
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = resampler_app(task)
    print(f"http://127.0.0.1:{task['port']}/", flush=True)
    app.run(host="127.0.0.1", port=task["port"], debug=False, threaded=True)
