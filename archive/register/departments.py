"""Departments by what they do: 发改局, 发展改革局 and 发展和改革委员会 of one county are one."""

from __future__ import annotations

import re

ENDINGS = (
    (re.compile(r"(?:管理委员会|管委会)$"), "管委会"),
    (re.compile(r"(?:办公室|办公厅|办)$"), "办公室"),
    (re.compile(r"(?<=..)(?:委员会|委|局)$"), "局"),
    (re.compile(r"(?:服务中心|中心)$"), "中心"),
)
"""Endings that one department bears in turn: a county has one organ for a matter, as 局 or as 委. An office (办) and
a centre are other organs than a bureau for the same matter."""

WORDS = (("科学技术", "科技"), ("广播电视", "广电"), ("和", ""), ("与", ""), ("及", ""), ("、", ""))
"""Words that are written or left out, in this order."""

ABBREVIATIONS = {
    "发改": "发展改革",
    "教体": "教育体育",
    "教科": "教育科技",
    "教科体": "教育科技体育",
    "工信": "工业信息化",
    "经信": "经济信息化",
    "科工信": "科技工业信息化",
    "民宗": "民族宗教事务",
    "人社": "人力资源社会保障",
    "自规": "自然资源规划",
    "国土": "国土资源",
    "住建": "住房城乡建设",
    "城管": "城市管理",
    "城管执法": "城市管理综合行政执法",
    "综合执法": "综合行政执法",
    "交通": "交通运输",
    "文旅": "文化旅游",
    "文广旅": "文化广电旅游",
    "文旅体": "文化旅游体育",
    "文体旅": "文化体育旅游",
    "文广旅体": "文化广电旅游体育",
    "文体广旅": "文化体育广电旅游",
    "文广新": "文化广电新闻出版",
    "卫健": "卫生健康",
    "卫计": "卫生计划生育",
    "计生": "人口计划生育",
    "退役军人": "退役军人事务",
    "应急": "应急管理",
    "安监": "安全生产监督管理",
    "国资": "国有资产监督管理",
    "市监": "市场监督管理",
    "市场监管": "市场监督管理",
    "工商": "工商行政管理",
    "质监": "质量技术监督",
    "食药监": "食品药品监督管理",
    "医保": "医疗保障",
    "疾控": "疾病预防控制",
    "林草": "林业草原",
    "粮储": "粮食物资储备",
    "房管": "房产管理",
    "人防": "人民防空",
    "扶贫": "扶贫开发",
    "审批": "行政审批",
    "投促": "投资促进",
}
"""What a department's matter is called in short, after `WORDS`. Short forms that stand for several (科工, 营商, 金融,
大数据) are left out: they stay what they are."""

_OFFICE = re.compile(r"^[省市县区旗州盟]?(?:(?:人民)?政?府)?办(?:公室|公厅)?$")


def matter(name: str) -> str:
    """What a department is compared by: its name without place, with its matter in full and one ending."""
    if _OFFICE.match(name):
        return "办公室"
    for ending, one in ENDINGS:
        if found := ending.search(name):
            return _in_full(name[: found.start()]) + one
    return name


def _in_full(stem: str) -> str:
    for word, instead in WORDS:
        stem = stem.replace(word, instead)
    return ABBREVIATIONS.get(stem, stem)
