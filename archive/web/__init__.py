"""The archive as web pages, read-only.

`web.db`, beside archive.db, holds what is shown: readable tables with labels, prose with persons' names and numbers
masked, an index of words. It is made from archive.db, brought up to date when that changes or a day begins in Beijing,
and can be removed at any time. Datasette opens that file alone, so that nothing unmasked and no archived page can be
reached through it, and a crawl that is writing is not in the way. No other part of the archive depends on this room.
"""

NAME = "gongkai"
"""The name of the database in the addresses of the pages."""
