"""Words of Chinese text for an index that knows no Chinese: every two characters that stand together are one.

FTS5's own `trigram` finds nothing shorter than three characters, and most Chinese words have two.
"""

from __future__ import annotations

import re
import unicodedata

from parsers.text import simplify

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]+|[^\\W{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")
AROUND = 40
"""Characters of an excerpt on each side of what was found."""


def indexed(text: str) -> str:
    """The tokens of a text, with spaces between: pairs of Chinese characters, the last character of a run alone, other
    words whole."""
    return " ".join(token for run in _RUN.findall(_normal(text)) for token in (*_pairs(run), *_last(run)))


def _normal(text: str) -> str:
    return simplify(unicodedata.normalize("NFKC", text)).lower()


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] if _IS_HAN.match(run) else [run]


def _last(run: str) -> str:
    return run[-1] if _IS_HAN.match(run) else ""


def wanted(query: str) -> str:
    """The FTS5 expression for what a person typed: all of its words, each as it stands; `""` where there is none."""
    return " AND ".join(_phrase(run) for run in _RUN.findall(_normal(query))) or '""'


def _phrase(run: str) -> str:
    if len(run) == 1 and _IS_HAN.match(run):
        return f'"{run}"*'
    return f'"{" ".join(_pairs(run))}"'


def excerpt(text: str, query: str) -> str:
    """The surroundings of the first word of a query that stands in a text."""
    flat = " ".join(text.split())
    plain = simplify(flat).lower()
    found = [at for run in _RUN.findall(_normal(query)) if (at := plain.find(run)) >= 0]
    start = max(min(found, default=0) - AROUND, 0)
    end = start + 2 * AROUND + len(query)
    return f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"
