"""Makes the request bodies of Dash callbacks, as the browser sends them."""

from __future__ import annotations

import json
from typing import Any

Dependencies = list[dict[str, Any]]
UPDATE = "/_dash-update-component"
TIMELINE, REQUEST = "timeline-graph.figure", "request.data"


def body(dependencies: Dependencies, output: str, changed: str, values: dict[str, Any]) -> str:
    """The body of a request for the server's callback that has ``output`` (``id.property``)."""
    spec = next(d for d in dependencies if _answers(d, output, changed))
    parts = {kind: [_part(p, values) for p in spec[kind]] for kind in ("inputs", "state")}
    outputs = [_output(pair) for pair in spec["output"].strip(".").split("...")]
    return json.dumps(
        {
            "output": spec["output"],
            "outputs": outputs if spec["output"].startswith("..") else outputs[0],
            "changedPropIds": [changed],
            **parts,
        }
    )


def zoom_body(
    dependencies: Dependencies, task: dict[str, Any], window: Any, *, first: bool = False
) -> str:
    """The request for one window, as the page's ``request`` store triggers it."""
    request = {"start": window[0], "stop": window[1], "pixels": task["pixels"], "first": first}
    values = task["values"] | {REQUEST: request}
    return body(dependencies, TIMELINE, REQUEST, values)


def _answers(spec: dict[str, Any], output: str, changed: str) -> bool:
    inputs = [f"{part['id']}.{part['property']}" for part in spec["inputs"]]
    return output in spec["output"] and changed in inputs and not spec["clientside_function"]


def _part(spec: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    name = f"{spec['id']}.{spec['property']}"
    return {"id": spec["id"], "property": spec["property"], "value": values.get(name)}


def _output(pair: str) -> dict[str, str]:
    id_, name = pair.split(".")
    return {"id": id_, "property": name.partition("@")[0]}
