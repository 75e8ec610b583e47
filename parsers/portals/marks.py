"""Marks: what tells a family in the source of a page. The words of all marks are looked for in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahocorasick_rs import BytesAhoCorasick


class Mark:
    """A pattern in the source of a page, and the words, letter case apart, one of which stands wherever it fires; a
    pattern without further words is its own."""

    def __init__(self, pattern: str, *words: str) -> None:
        self.words = frozenset(word.lower().encode() for word in words or (pattern,))
        self.pattern = re.compile(pattern)

    def fires(self, text: str, found: set[bytes]) -> bool:
        """Whether a page has the mark, given which words of marks stand in it."""
        return not self.words.isdisjoint(found) and bool(self.pattern.search(text))


class Words:
    """The words of some marks, to be looked for in pages: to search for one pattern after the other took a third of
    the time that a page takes."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._words = sorted(frozenset[bytes]().union(*(mark.words for mark in marks)))
        self._find = BytesAhoCorasick(self._words).find_matches_as_indexes

    def standing_in(self, source: bytes) -> set[bytes]:
        """Those that stand in a page."""
        return {self._words[word] for word, *_ in self._find(source.lower(), overlapping=True)}
