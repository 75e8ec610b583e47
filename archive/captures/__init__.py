"""WARC: what was fetched or given, as records, files, and an index of them."""
