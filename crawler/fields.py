"""What the listing verbs print as JSON and CSV: the same names in the same order, whether a row is there or not."""

from __future__ import annotations

LEDGER = (
    *("unit", "name", "kind", "expected_by", "portal", "year", "presence", "timing", "reading", "why", "due"),
    *("basis", "not_before", "not_after", "published_basis", "last_clear_sight", "columns", "captures"),
)
MISSING = (*LEDGER, "days_overdue", "sentence")
RATES = ("area", "year", "expected", "present", "on_time", "late", "withdrawn", "missing", "unseen", "rate")
EVENTS = (
    *("id", "kind", "unit", "name", "year", "line", "seen_before", "seen_at", "confirmed_at", "message"),
    *("cells", "captures"),
)
CELLS = ("url", "format", "path", "label", "value", "text", "flag", "judged")
PANEL = (
    *("unit", "name", "kind", "division", "year", "indicator", "value", "text", "quality", "why_no_value"),
    *("presence", "form", "link", "source", "remark", "url", "seen_at", "capture"),
)
SUMS = (
    *("by", "group", "name", "year", "indicator", "value"),
    *("units_read", "units_expected", "units_unsure"),
)
HEALTH = (
    *("portal", "column", "url", "walks", "last_walk", "last_clear", "blind_since", "trouble", "new", "due"),
    "advice",
)
QUESTIONS = ("asks", "target", "title", "reason", "witnesses", "candidates", "portals")
DAMAGES = (
    *("code", "file", "message", "offset", "end", "record", "type", "url", "at"),
    *("lost", "copy", "revisits", "reports", "absences", "columns"),
)
RELEASE_CELLS = ("unit", "year", "scope", "indicator", "old", "new", "causes", "url", "capture")
READ_OTHERWISE = ("body", "part", "path", "old", "new")
DIFFERENCES = ("column", "state", "recorded", "found", "said")
PROPOSALS = (
    *("id", "name", "columns", "units", "units_expected", "units_lacking", "years", "years_lacking"),
    *("entries", "reports", "last_pages", "trouble"),
)
