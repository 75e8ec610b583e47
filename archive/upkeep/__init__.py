"""The database kept beside the WARC files: brought up to date, made again, compared."""
