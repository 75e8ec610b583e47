"""Reads: bytes → meaning.

Pure functions: no network, no database, no clock. `parsers.parse.parse` turns the bytes of a document into
reports; `parsers.portals.inspect` turns a portal's page into its class, its entries and the next requests.
"""

GENERATION = 1
"""Raised whenever any reading of any document would change (a golden test fails otherwise)."""
