"""Sees: spiders, middlewares, the registry of portals; turns requests-as-data into Scrapy requests.

The command `gongkai` stands here too, at the top of `crawler → archive → parsers`.
"""
