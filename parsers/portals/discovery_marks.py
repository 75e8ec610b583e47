"""How portals name the way to their columns of annual reports: texts of links and addresses, as data.

The names are those of the national norm for disclosure columns (政府信息公开: 指南, 制度, 法定主动公开内容, 年报) and
those that portals made before it or beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["column", "below", "report", "section", "map", "search"]
"""What a link leads to: a column of reports; a part of one; a report, whose page says in which column it stands; a
section in which columns are; the site map; the answer of the site's search."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A text or an address that tells of a role. The higher the score, the sooner it is looked at."""

    pattern: re.Pattern[str]
    role: Role
    score: int


def _mark(pattern: str, role: Role, score: int) -> Mark:
    return Mark(re.compile(pattern, re.IGNORECASE), role, score)


TEXTS = (
    _mark(r"政府信息公开(?:工作)?(?:年度)?(?:年报|报告)", "column", 100),
    _mark(r"(?:信息|政务)?公开(?:工作)?(?:年度报告|年报|年度工作报告)", "column", 90),
    _mark(
        r"(?:部门|单位|乡镇|镇街|街道|镇乡|园区|本级|县直|市直|区直|政府|历年).{0,8}(?:年报|年度报告)",
        "column",
        80,
    ),
    _mark(r"^(?:历年)?(?:工作)?(?:年报|年度报告)(?:专栏|专题|汇总|查询)?$", "column", 70),
    _mark(r"^政府信息公开(?:专栏|平台|专网|网)?$", "section", 50),
    _mark(r"^(?:政府信息)?(?:法定)?主动公开(?:内容|目录|基本目录)?$", "section", 45),
    _mark(r"^(?:政府)?信息公开(?:目录|平台|专栏)?$", "section", 40),
    _mark(r"^(?:政务|政府)?公开$", "section", 30),
    _mark(r"^(?:网站|站点|本站)(?:地图|导航)$", "map", 20),
)
"""Tried in this order on the text of a link, folded (one width, no spaces, simplified)."""

OTHERS = re.compile(
    r"政府网站|网站(?:工作)?年|法治政府|依法行政|企业|公司|财政|统计|决算|社会组织|事业单位|慈善|基金|环境|审计|质量"
    r"|执法|双随机|人大|政协|检察|法院|议案|提案|督查|编制|政府工作报告|白皮书|年鉴"
)
"""Words of annual reports and columns that are not ours."""

SLUGS = (
    _mark(
        r"/(?:\w*?(?:zfxx|xx|zw)?gk(?:gz)?_?(?:nb|ndbg|ndgzbg)\w{0,6}|ndbg\w{0,4}|nbzl\w{0,3}|annualreport)(?=[/.]|$)",
        "column",
        40,
    ),
    _mark(r"/(?:XxgkAnnualReport|OpennessAnnualReport|xxgkAnnualReport\.jsp)", "column", 40),
)
"""Addresses: `zfxxgknb`, `xxgknb`, `gknb`, `zfxxgkndbg`, `bmxxgknb`, `ndbg`, `nbzl`, `annualreport`, …"""

LEVELS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"部门|单位|委办局|局办|[县市区旗州]直"), ("department",)),
    (
        re.compile(r"乡镇|镇街|镇乡|街镇|镇\(街|街道|镇办|苏木|(?<![\u3400-\u9fff])镇(?=年|信息|政府|$)"),
        ("township", "subdistrict"),
    ),
    (re.compile(r"本级|[县市区旗](?:人民)?政府(?!部门|各部门|所属|信息|办)"), ("government",)),
)
"""Kinds of units that the name of a column says it hosts."""

UNIT = re.compile(r"(?:镇|乡|苏木|街道(?:办事处|办)?|局|委|委员会|办公室|政府|中心|管委会)$")
"""How the name of one unit ends."""
GENERIC = re.compile(
    r"(?:[各县市区旗州直属级本和及、()]|人民|政府|部门|单位|乡镇?|镇|街道|办事处|园区|开发区|委办局|局|委|管委会)+"
)
"""What is the name of a kind of units, however it ends."""

YEAR = re.compile(r"^\W*(20\d\d)\s*年?度?\W*(?:年报|年度报告)?$")
"""The text of a link to the part of a column that holds one year."""

GUESSES = (
    "/zfxxgk/zfxxgknb/",
    "/zwgk/zfxxgk/zfxxgknb/",
    "/zfxxgk/fdzdgknr/zfxxgknb/",
    "/zfxxgknb/",
    "/zwgk/zfxxgknb/",
    "/zwgk/xxgknb/",
    "/xxgknb/",
    "/gknb/",
    "/gkmlpt/annualreport",
    "/zfxxgk/",
    "/xxgk/",
    "/zwgk/",
)
"""Where such columns often stand: tried only where no link led to one."""

FROM_ARTICLES = (
    (re.compile(r"/20\d{4}/t\d{8}_\d+\.s?html?$"), "/"),
    (re.compile(r"/art/20\d\d/\d{1,2}/\d{1,2}/art_(\d+)_\d+\.html$"), r"/col/col\1/index.html"),
    (re.compile(r"(/c\d{3,})/20\d{4}/\w+\.shtml$"), r"\1/list.shtml"),
    (re.compile(r"/content/m?post_\d+\.html$"), "/"),
)
"""The address of a column as that of an article in it tells it: TRS, Hanweb, UCAP, NFCMS."""

QUERY_NAMES = frozenset(
    {"q", "qt", "keyword", "keywords", "searchword", "wd", "word", "key", "kw", "query", "title"}
)
"""Names of the field of a site's search."""
QUERY = "政府信息公开年报"
"""What a site's search is asked for."""
