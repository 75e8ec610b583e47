"""Remembers: WARC, index, readings, versions, ledger, changes; knows no Scrapy.

An archive is one folder:

    warc/            every response, failure, walk and given file, WARC 1.1, one gzip member per record
    inputs/          people's decisions as text: gongkai.toml, portals/, units.csv, deadlines.csv
    journal.jsonl    who decided what, a line each
    releases/        data frozen under a name, with what they follow from
    verified.jsonl   how far the last round of `gongkai verify` came
    archive.db       SQLite, made again from the above by `gongkai rebuild`
    archive.lock     held by the one writing command

`warc/` and `inputs/` are irreplaceable, everything else follows from them.

Writing: a process writes only files it created, `….warc.gz.open`, a whole gzip member per write, renamed when
closed. What a dead process left after its last whole member is cut by the next writing command. A record is
synced before a row that names it is committed. The crawling process writes WARC only; one process at a time
writes the database.

A failed crawl leaves whatever records it wrote; a walk without its end record was not finished and proves nothing
about absence.
"""
