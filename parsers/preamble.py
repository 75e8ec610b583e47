"""The running text between a report's title and its first heading, less what a page's machinery puts there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.document import Block, Grid
from parsers.sections import heading
from parsers.text import strip
from parsers.titles import read_title

_SENTENCE = re.compile(r"[^。！!？?；;]+[。！!？?；;]?")
_SENTENCE_END = re.compile(r"[。！!？?；;]$")
_MACHINERY = (
    (
        r"(?:浏览|点击|阅读|访问|下载|点赞|转发)(?:次数|量|数|人数)?\s*[:：]?\s*\d+\s*(?:次|人次|人)?",
        "counters",
    ),
    (r"\d+\s*(?:次|人次|人)?(?:浏览|点击|阅读|访问)|第\s*\d+\s*(?:位|名|次)|在线人数", "counters"),
    (r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?", "times of day"),
    (r"星期[一二三四五六日天]|农历|今天是|天气", "the day on which the page was called"),
    (r"欢迎(?:您|访问|光临)|设为首页|加入收藏|无障碍|适老|您的?浏览器", "greetings and tools"),
    (
        r"当前(?:所在)?的?位置|首页\s*[>»/]|字体|字号|打印本?页|关闭窗口|扫一扫|分享到|责任编辑",
        "trails and tools",
    ),
    (
        r"(?:发布|发文|成文|生成|公开|更新)(?:日期|时间)|信息来源|来源\s*[:：]|索引号|文号\s*[:：]",
        "the list of what the page is",
    ),
)
"""What stands among the text without being of it, and changes when the report does not."""

_MACHINE = re.compile("|".join(pattern for pattern, _what in _MACHINERY))
FEWEST_CHARACTERS = 10
"""A shorter sentence says nothing of its own."""

LONGEST_TITLE = 80


def read_preamble(items: Iterable[Block | Grid], skip: frozenset[int] = frozenset()) -> str:
    """The sentences before the first heading, a paragraph a line; `skip` holds the ids of cells of a table."""
    paragraphs: list[str] = []
    for item in items:
        if not isinstance(item, Block) or id(item) in skip:
            continue
        if heading(item.text):
            break
        if _is_title(item.text):
            paragraphs = []
        elif text := _sentences(item.text):
            paragraphs.append(text)
    return "\n".join(paragraphs)


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and "。" not in text and read_title(text).verdict == "report"


def _sentences(text: str) -> str:
    found = (_ended(match.group()).strip() for match in _SENTENCE.finditer(text))
    return "".join(one for one in found if len(one) >= FEWEST_CHARACTERS and not _MACHINE.search(strip(one)))


def _ended(piece: str) -> str:
    """A sentence; of the end of a text that has none, what a colon ends."""
    return piece if _SENTENCE_END.search(piece) else piece[: piece.rfind("：") + 1]
