"""Bodies → pages and readings, in tables, by generation."""
