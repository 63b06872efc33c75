"""What a session page shows, as expressions for the browser."""

from __future__ import annotations

MIDDLE = "Object.values(vbd.time.window()).reduce((a, b) => a + b) / 2"
LENGTH = "vbd.time.window().stop - vbd.time.window().start"
PLOT = "vbd.plotly.plot(document.getElementById('{}'))"
SELECTED = "vbd.cells.selected()"
HEATMAP = (
    f"{PLOT.format('timeline-graph')}.layout.meta.rows.find(r => r.name.startsWith('activity:'))"
)
TOP_ROW = f"""(() => {{
    const plot = {PLOT.format("timeline-graph")};
    const number = plot.layout.meta.rows.indexOf({HEATMAP});
    const {{ _offset: top, _length: height }} = plot._fullLayout[`yaxis${{number + 2}}`];
    const {{ l: left, w: width }} = plot._fullLayout._size;
    return [left + width / 2, top + height / {HEATMAP}.cells.length / 2];
}})()"""
SMALLEST = """Math.min(...[...document.querySelectorAll('#panel-{} *')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 3
        && [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(e => Math.round(parseFloat(getComputedStyle(e).fontSize) * 10) / 10))"""
"""The smallest type in a panel, px."""
ROW_HEIGHT = "document.querySelector('#cells-table .ag-row').getBoundingClientRect().height"
