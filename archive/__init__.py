"""Remembers: WARC, index, readings, versions, ledger, changes; knows no Scrapy."""
