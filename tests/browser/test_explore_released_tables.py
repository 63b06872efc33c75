"""Explore with tables of the release's size: every count equals that of pandas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.explore_filters import NO_VALUE, TABLES, VALUES, PlainTable, query_of
from tests.support.running import vbdash
from tests.support.waiting import wait_ready

# What the page's own functions say: rows that pass, and the counts of every facet of values.
COUNTS = """
async ([kind, query]) => {
  const { explore } = vbd;
  const table = await explore.load(kind);
  const view = explore.viewOf(query);
  const match = explore.match(table, view.filters, view.search);
  const facets = table.facets.filter((facet) => facet.levels).map((facet) => {
    const names = [...facet.levels.map(String), explore.NO_VALUE];
    const counts = explore.counts(facet, match).map((count, i) => [names[i], count]);
    return [facet.name, Object.fromEntries(counts)];
  });
  return { rows: match.length, facets: Object.fromEntries(facets) };
}
"""


@pytest.fixture(scope="module")
def url(reference_tables: Path) -> Iterator[str]:
    """The URL of a dashboard with tables but without files."""
    with vbdash("serve", "--cache-dir", reference_tables) as server:
        yield server.url.rstrip("/")


@pytest.mark.parametrize("kind", TABLES)
def test_counts_are_those_of_pandas(
    page: Page, url: str, reference_tables: Path, kind: str
) -> None:
    plain = PlainTable(reference_tables, kind)
    page.goto(f"{url}/?tab={kind}")
    wait_ready(page)
    some_rows = 0
    for seed in range(25):
        filters = plain.some_filters(seed)
        query = urlencode(query_of(kind, filters))
        found: dict[str, Any] = page.evaluate(COUNTS, [kind, query])
        assert found["rows"] == sum(plain.passing(filters)), query
        some_rows += found["rows"]
        for name in VALUES:
            counts = {level: n for level, n in found["facets"][name].items() if n}
            assert counts == dict(plain.counts(name, filters)), (name, query)
    assert some_rows


def test_what_is_on_screen_is_what_was_counted(
    page: Page, url: str, reference_tables: Path
) -> None:
    plain = PlainTable(reference_tables, "behavior")
    filters: dict[str, Any] = {"cre_line": ["Vip-IRES-Cre"], "imaging_depth": (100, 200)}
    page.goto(f"{url}/?{urlencode(query_of('behavior', filters))}")
    wait_ready(page)
    rows, total = sum(plain.passing(filters)), len(plain.table)
    assert page.locator("#explore-count").inner_text() == f"{rows:,} of {total:,}"
    for line in page.locator("#facet-cre_line .facet-value, #facet-sex .facet-value").all():
        facet = line.locator("xpath=ancestor::details").get_attribute("id") or ""
        counts = plain.counts(facet.removeprefix("facet-"), filters)
        level = line.get_attribute("data-value") or NO_VALUE
        assert line.locator(".facet-count").inner_text() == f"{counts[level]:,}"
