"""One file per CMS family: page → family, page class, entries, next requests as data.

Pure: the same functions read a live response, a record of the archive and a file saved by hand.
"""
