"""The registry record of a sample portal."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import yaml

from crawler.demo.entries import Column, Unit
from crawler.demo.site import Site


def registry_record(site: Site, base_url: str) -> str:
    """The record, as YAML, of the site served at `base_url`."""
    record = {
        "id": site.id,
        "name": site.name,
        "division": site.division,
        "hosts": [urlsplit(base_url).netloc],
        "allow_private": True,
        "pace_seconds": 0,
        "first_year": site.first_year,
        "columns": [_column(column, base_url) for column in site.columns],
        "units": [_unit(unit) for unit in site.units],
    }
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False)


def _column(column: Column, base_url: str) -> dict[str, Any]:
    out: dict[str, Any] = {"id": column.id, "url": f"{base_url}{column.path}", "kinds": list(column.kinds)}
    return {**out, "years": list(column.years)} if column.years else out


def _unit(unit: Unit) -> dict[str, str]:
    out = {"name": unit.name, "kind": unit.kind}
    return {**out, "code": unit.code} if unit.code else out
