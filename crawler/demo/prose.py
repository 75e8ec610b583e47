"""Prose for sample reports: our own words in the manner of the genre, with the figures of the tables in them."""

from __future__ import annotations

from random import Random

from crawler.demo.figures import Cell, Figures, Table
from parsers.forms import ROUTES

EFFORTS = (
    "坚持以公开为常态、不公开为例外，把政府信息公开融入日常工作，重要事项及时上网、上墙、进村入户。",
    "明确一名负责人分管、一名专人经办，公开事项先审后发，做到谁制作谁公开、谁公开谁负责。",
    "围绕群众关心的惠农补贴、社会救助、工程建设等事项，逐项梳理公开清单，按时更新。",
)
PROBLEMS = (
    "一是公开内容与群众期待还有差距，二是解读形式较为单一，三是经办人员调整后业务不够熟练。",
    "主要是部分栏目更新不够及时，政策解读数量偏少，对申请答复文书的规范性把握不够准。",
    "存在公开意识不够强、信息报送质量不够高的问题，村级公开栏维护不够经常。",
)
PLANS = (
    "下一步，将加强业务培训，完善公开目录，丰富图文解读，按季度自查栏目更新情况。",
    "今后将健全信息报送制度，指定专人核对数据，加大对涉农政策的解读力度。",
    "下一年度将把公开工作列入考核，定期回访申请人，提高答复质量。",
)
CHANNELS = ("县政府门户网站等渠道", "县政府门户网站和便民服务大厅", "县政府门户网站、政务新媒体和村务公开栏")


def sections(rng: Random, issuer: str, year: int, authority: str, tables: Figures) -> dict[str, str]:
    """The text of the preamble and of every section, in order; the three table sections say nothing."""
    return {
        "preamble": _preamble(issuer, year, authority),
        "overview": _overview(rng, issuer, year, tables),
        "proactive": "",
        "requests": "",
        "remedies": "",
        "problems": f"{rng.choice(PROBLEMS)}\n{rng.choice(PLANS)}",
        "other_matters": _other_matters(rng, year),
    }


def _preamble(issuer: str, year: int, authority: str) -> str:
    return (
        "本报告根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{authority}）编制，由{issuer}发布。"
        f"报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    )


def _overview(rng: Random, issuer: str, year: int, tables: Figures) -> str:
    published = rng.randint(20, 400)
    reconsiderations, lawsuits = _remedies(tables)
    if tables.annex:
        published = _number(tables.annex["proactive_total"])
    return "\n".join(
        (
            f"{year}年，{issuer}{rng.choice(EFFORTS)}",
            f"（一）主动公开。全年通过{rng.choice(CHANNELS)}主动公开政府信息{published}条。",
            f"（二）依申请公开。{_requests(rng, tables)}",
            "（三）政府信息管理。严格执行公开前的保密审查，已公开的信息定期清理。",
            f"（四）监督保障。全年因政府信息公开引起的行政复议{reconsiderations}件、"
            f"行政诉讼{lawsuits}件，组织业务培训{rng.randint(1, 4)}次。",
        )
    )


def _remedies(tables: Figures) -> tuple[int, int]:
    if tables.annex:
        return _number(tables.annex["reconsideration"]), _number(tables.annex["litigation"])
    routes = [_total(tables.remedies, route.code) for route in ROUTES]
    return routes[0], sum(routes[1:])


def _requests(rng: Random, tables: Figures) -> str:
    if tables.annex:
        return f"全年收到政府信息公开申请{tables.annex['received']}件，答复{tables.annex['answered']}件。"
    received = _total(tables.requests, "received")
    brought = _total(tables.requests, "brought_forward")
    forward = _total(tables.requests, "carried_forward")
    if received == 0 and rng.random() < 0.5:
        return f"全年未收到政府信息公开申请，上年结转{brought}件，结转下年度{forward}件。"
    return f"全年收到政府信息公开申请{received}件，上年结转{brought}件，结转下年度{forward}件。"


def _other_matters(rng: Random, year: int) -> str:
    return rng.choice(
        (
            "无其他需要报告的事项。",
            f"{year}年未收取政府信息公开信息处理费，没有其他需要报告的事项。",
            "本报告的电子版可在县政府门户网站政府信息公开专栏查阅。",
        )
    )


def _total(table: Table, row: str) -> int:
    return _number(table[row]["total"])


def _number(value: Cell) -> int:
    return value if isinstance(value, int) else 0
