"""What a report says of its own correction: a notice above its first heading, or a sentence in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, takewhile

from parsers.metadata.head import Head
from parsers.report import Finding, Report
from parsers.sections import heading
from parsers.text import squeeze

_WORDS = ("更正", "勘误", "订正", "更新")
_SENTENCE = (
    r"^[\W\d一二三四五六七八九十]*(?:数据|报告|年报)?(?:更正|勘误|订正)(?:说明|启事|声明)"
    r"|(?:更正|勘误|订正)如下(?!\w)|特此(?:更正|订正)(?!\w)"
    r"|(?<![发实体出呈])现(?:予以?)?(?:更正|订正)|(?<![发实体出呈])现[对将就][^。；;]{0,40}?(?:更正|订正)(?:为|(?!\w))"
)
"""What a sentence says only of its own text: 更正 alone also stands in sentences on requests to correct information,
更正公告 and 更正说明 in those on the notices that an organ published."""
_NOTICE = rf"(?:更正|勘误|订正|更新)(?:说明|公告|启事|声明)(?::|$)|{_SENTENCE}"
"""Above the first heading the name of a notice is enough."""

_CORRECTS = re.compile("[正误]")
_NOTIFIES = re.compile("[正误新]")
"""What stands in every match of the two, and is seen sooner."""


def read_correction(head: Head, report: Report) -> None:
    """A finding where the report says that it was corrected."""
    above = takewhile(lambda line: not heading(line), head.lines)
    notices = _said(_NOTICE, _NOTIFIES, map(squeeze, above))
    said = chain(notices, _said(_SENTENCE, _CORRECTS, report.sections.values()))
    if sentence := next(said, None):
        report.findings.append(Finding("corrected", (), f"the text says of itself: {sentence}"))


def _said(pattern: str, needed: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    """The sentences in which it stands."""
    for text in texts:
        if not any(word in text for word in _WORDS) or not needed.search(text):
            continue
        for sentence in re.split(r"(?<=[。！!？?\n])", text):
            if needed.search(sentence) and re.search(pattern, squeeze(sentence)):
                yield sentence.strip()
