"""Table of section 二, forms 2019 and 2021."""

from parsers.forms.model import Column, Row

ISSUED = (
    Column("issued", "本年制发件数"),
    Column("repealed", "本年废止件数"),
    Column("in_force", "现行有效件数"),
)
DECISIONS = (Column("decisions", "本年处理决定数量"),)
CHARGES = (Column("amount", "本年收费金额（单位：万元）"),)
"""Amounts are stored in 10,000 yuan."""

CREATED = (
    Column("created", "本年新制作数量"),
    Column("newly_published", "本年新公开数量"),
    Column("published_total", "对外公开总数量"),
)
CHANGE = (
    Column("items_last_year", "上一年项目数量"),
    Column("items_change", "本年增/减"),
)
ITEMS = (*CHANGE, Column("decisions", "处理决定数量"))
PURCHASES = (Column("items", "采购项目数量"), Column("amount", "采购总金额"))

ARTICLE_1, ARTICLE_5, ARTICLE_6 = "第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项"
ARTICLE_8, ARTICLE_9 = "第二十条第（八）项", "第二十条第（九）项"

PROACTIVE_2021 = (
    Row("rules", "规章", ISSUED, (ARTICLE_1,)),
    Row("normative_documents", "行政规范性文件", ISSUED, (ARTICLE_1,)),
    Row("licensing", "行政许可", DECISIONS, (ARTICLE_5,)),
    Row("penalties", "行政处罚", DECISIONS, (ARTICLE_6,)),
    Row("coercion", "行政强制", DECISIONS, (ARTICLE_6,)),
    Row("administrative_charges", "行政事业性收费", CHARGES, (ARTICLE_8,)),
)

PROACTIVE_2019 = (
    Row("rules", "规章", CREATED, (ARTICLE_1,)),
    Row("normative_documents", "规范性文件", CREATED, (ARTICLE_1,)),
    Row("licensing", "行政许可", ITEMS, (ARTICLE_5,)),
    Row("other_external_matters", "其他对外管理服务事项", ITEMS, (ARTICLE_5,)),
    Row("penalties", "行政处罚", ITEMS, (ARTICLE_6,)),
    Row("coercion", "行政强制", ITEMS, (ARTICLE_6,)),
    Row("administrative_charges", "行政事业性收费", CHANGE, (ARTICLE_8,)),
    Row("procurement", "政府集中采购", PURCHASES, (ARTICLE_9,)),
)
