"""Two fictional counties. No such place exists; division codes beginning with 99 are not in use."""

from __future__ import annotations

from datetime import date

from crawler.demo.entries import Column, Unit
from crawler.demo.site import Site

PROVINCE = "云梦泽省"
LATE, NEVER, BROKEN = "枫桥乡", "芦花镇", "云杉乡"
"""In the story of 青禾县: who reports late for 2024, who never does, and whose sums of 2023 are broken."""

TOWNSHIPS = Column("townships", "乡镇（街道）政府信息公开年报", "/zfxxgk/nb/xz/", ("township", "subdistrict"))
DEPARTMENTS = Column(
    "departments", "县政府部门政府信息公开年报", "/zfxxgk/nb/bm/", ("department",), page_size=10
)

NOTICE = (
    "各乡镇人民政府、街道办事处，县政府各部门：\n"
    "请按照规定格式编制上一年度政府信息公开工作年度报告，于1月31日前在县政府门户网站公布。\n"
    "统计数据要前后衔接，勾稽关系要准确。"
)
SUMMARY = "一年来，全县政务公开工作围绕中心、服务群众，取得新的进展。现总结如下。\n一、主要做法\n二、下步打算"
LAW = "现将年度法治政府建设情况报告如下。\n一、推进法治政府建设的主要举措和成效\n二、存在的不足和原因"
WEBSITE = "本表填报网站总体访问、信息发布、专栏专题、解读回应、办事服务、互动交流情况。"
GUIDE = "为方便公民、法人和其他组织获得政府信息，编制本指南。\n一、信息分类\n二、公开形式\n三、依申请公开"


def qinghe() -> Site:
    """青禾县 before the story: twelve townships and sub-districts, five departments, reports for 2021 to 2023."""
    site = Site(
        id="qinghe",
        name="青禾县",
        province=PROVINCE,
        division="990101",
        first_year=2021,
        units=(
            Unit("石榴街道", "subdistrict", "990101001"),
            Unit("银杏街道", "subdistrict", "990101002"),
            Unit("白鹭镇", "township", "990101100"),
            Unit("芦花镇", "township", "990101101"),
            Unit("萤火镇", "township", "990101102"),
            Unit("稻香镇", "township", "990101103"),
            Unit("望星镇", "township", "990101104"),
            Unit("枫桥乡", "township", "990101200"),
            Unit("云杉乡", "township", "990101201"),
            Unit("堃溪乡", "township", "990101202"),
            Unit("雁影乡", "township", "990101203"),
            Unit("听泉乡", "township", "990101204"),
            *(
                Unit(f"青禾县{name}局", "department")
                for name in ("财政", "教育", "自然资源", "卫生健康", "农业农村")
            ),
        ),
        columns=(TOWNSHIPS, DEPARTMENTS),
    )
    for year in (2021, 2022, 2023):
        site.add_year(year)
    site.break_sum(BROKEN, 2023)
    _add_others(site)
    return site


def yingchuan() -> Site:
    """萤川县: three towns, one list of a single page, nothing else."""
    site = Site(
        id="yingchuan",
        name="萤川县",
        province=PROVINCE,
        division="990102",
        first_year=2022,
        units=(
            Unit("苇塘街道", "subdistrict", "990102001"),
            Unit("月牙镇", "township", "990102100"),
            Unit("松针乡", "township", "990102200"),
        ),
        columns=(TOWNSHIPS,),
    )
    for year in (2022, 2023):
        site.add_year(year)
    return site


def _add_others(site: Site) -> None:
    """What stands in such columns beside the reports."""
    for column, title, day, text in (
        (
            "townships",
            "关于做好2023年政府信息公开工作年度报告编制发布工作的通知",
            date(2023, 12, 20),
            NOTICE,
        ),
        ("townships", "青禾县2023年政务公开工作总结", date(2024, 1, 17), SUMMARY),
        ("townships", "白鹭镇2023年法治政府建设年度报告", date(2024, 1, 25), LAW),
        ("townships", "青禾县2022年政府网站工作年度报表", date(2023, 1, 12), WEBSITE),
        ("townships", "青禾县政府信息公开指南", date(2022, 5, 6), GUIDE),
        ("departments", "青禾县财政局2023年法治政府建设年度报告", date(2024, 2, 2), LAW),
        ("departments", "青禾县教育局2022年政府网站工作年度报表", date(2023, 1, 19), WEBSITE),
    ):
        site.add(column, title, day, text=text)
    title = "云梦泽省人民政府2023年政府信息公开工作年度报告"
    site.add("townships", title, date(2024, 2, 20), external=True)
