"""What the names of units are compared by, and which kind of unit a name tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.inputs import Kind
from archive.register.departments import matter
from parsers.text import fold

KIND_BY_ENDING: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("subdistrict", re.compile(r"(?:街道|街办)$")),
    ("township", re.compile(r"(?:镇|乡|苏木)$")),
    ("government", re.compile(r"(?:省|自治区|市|州|盟|县|旗|区)$")),
    ("department", re.compile(r"(?:局|委|办|厅|处|室|会|院|所|队|中心|馆)$")),
)
"""Kinds by the last word of a compared name; whatever ends otherwise is `other`. A name that ends in 区 may be a
development zone: such a unit is learned as a government only where a column hosts governments."""

SEVERAL = re.compile(r"^(?:全[省市县区旗州盟]|各|所有)|乡镇|镇街|街镇|镇乡|[乡镇]街道")
"""What a name of several bodies holds: 各乡镇, 各镇街, 乡镇街道."""

PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇"
    "|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京"
    "|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
"""The peoples that names of autonomous counties and townships hold and that speakers leave out."""

_OF_PEOPLES = re.compile(rf"(?<=..)(?:(?:{PEOPLES})族?)*(?:{PEOPLES})族(?=乡$|自治[县州旗]$)")
_ITSELF = r"(?:\(?机关\)?)?$"
_GOVERNMENT = re.compile(
    rf"(?:人民政府|行政公署|行署|街道办事处|办事处|(?<=镇)镇政府|(?<=乡)乡政府|政府){_ITSELF}"
)
_SUBDISTRICT = re.compile(rf"(?:街道办事处|街道办|街办){_ITSELF}")
_ORGAN = re.compile(r"(?:人民政府|行政公署|行署|街道办事处|办事处|政府)")
_LEVELS = ("县", "旗", "区")
"""What people write for their own county before a department; 市 may be the city above it."""
_PROVINCE = re.compile(r"^[^县市区旗州盟]{2,8}(?:省|自治区|特别行政区)")


def compared(name: str, own: tuple[str, ...] = (), upper: tuple[str, ...] = ()) -> str:
    """A name as units are compared by: simplified, without the division's `own` names and without 人民政府.

    白鹭镇 and 青禾县白鹭镇人民政府 are one; 青禾县人民政府 and 青禾县人民政府办公室 are two. What stands above
    (`upper`, and any province) falls away only before the division's own name: 云梦泽省财政厅 is nobody's here.
    """
    text = _below(fold(name), own, upper)
    for division in own:
        text = _without(text, fold(division))
    text = _SUBDISTRICT.sub("街道", text)
    stripped = _GOVERNMENT.sub("", text)
    return stripped if len(stripped) >= 2 else text


def identity(name: str, own: tuple[str, ...] = (), upper: tuple[str, ...] = ()) -> str:
    """What is one for all names of a unit: a compared name, a department's by its matter; 县财政局 is the county's."""
    text = compared(name, own, upper)
    if kind_of(text) != "department":
        return text
    level = own[0][-1] if own else ""
    return matter(text.removeprefix(level) if level in _LEVELS else text)


def kind_of(name: str) -> Kind:
    """The kind of unit that a compared name is."""
    return next((kind for kind, ending in KIND_BY_ENDING if ending.search(name)), "other")


def level(kind: Kind) -> Kind:
    """What a kind is compared by where a unit may have changed it: a township that becomes a sub-district (撤镇设街道)
    reports as one, and is no other unit."""
    return "township" if kind == "subdistrict" else kind


def spoken(name: str) -> Iterator[str]:
    """Other ways in which a division's name is written: without its peoples, 满族乡 as 民族乡, 自治县 as 县."""
    if not _OF_PEOPLES.search(name):
        return
    bare = _OF_PEOPLES.sub("", name)
    yield bare.replace("自治", "")
    yield _OF_PEOPLES.sub("民族", name) if name.endswith("乡") else bare


def _below(text: str, own: tuple[str, ...], upper: tuple[str, ...]) -> str:
    """A name from the division's own on, where only divisions above it stand before that."""
    rest = _PROVINCE.sub("", text)
    for division in upper:
        rest = rest.removeprefix(fold(division))
    return rest if rest.startswith(tuple(map(fold, own))) else text


def _without(text: str, division: str) -> str:
    """A name without the division before it, if what is left is still a name."""
    for prefix in (f"{division}人民政府", f"{division}政府", division):
        rest = text[len(prefix) :]
        if text.startswith(prefix) and rest and not _ORGAN.fullmatch(rest):
            return rest
    return text
