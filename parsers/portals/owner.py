"""Whose site a page is of: what its head and its foot say of the place."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from parsers.portals.markup import Markup
from parsers.portals.model import Page
from parsers.text import fold

_SITE = re.compile(r"(?:人民)?政府(?:门户|信息)?(?:网站?|网)?$|(?:门户网站?|网站?|信息网)$")
_PROVINCE = re.compile(r"^([^县市区旗州盟]{2,8}(?:省|自治区|壮族自治区|回族自治区|维吾尔自治区))(?=.{2})")
_SITE_CODE = re.compile(r"网站标识码\s*[:：]?\s*(\d{10})")
_POLICE = re.compile(r"公网安备\s*案?号?\s*[:：]?\s*(\d{6})\d{6,8}(?!\d)")
_ICP = re.compile(r"([\u4e00-\u9fff])\s*ICP\s*[备证]", re.IGNORECASE)
_PUBLISHER = re.compile(r"(?:主办|版权所有)(?:单位)?\s*[:：©\s]*([\u4e00-\u9fff]{2,24}?)人民政府")
_PLACE = re.compile(r"(?:省|市|县|区|旗|州|盟)$")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Owner:
    """What a site says of its owner: the name of the place, the division code in its identification code; and, for
    where it names none, the first six digits of its 公安备案号 (where it was registered with the police), the sign of
    its ICP licence's province, and the province before its name."""

    name: str = ""
    division: str = ""
    police: str = ""
    icp: str = ""
    province: str = ""

    def beside(self, other: Owner) -> Owner:
        """What one page says, and another where the first says nothing."""
        return Owner(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(Owner)))


def owner(page: Page) -> Owner:
    """What a site says of its owner: the tag `SiteName`, the title or the foot, and the 网站标识码, that begins with
    the code of the division."""
    markup = Markup(page)
    said = [markup.meta.get("sitename", ""), *re.split(r"[-_|—–,，]", markup.head_title or "")]
    said += _PUBLISHER.findall(markup.visible)
    named = [one for one in map(_place, map(fold, said)) if 2 <= len(one[1]) <= _LONGEST]
    province, name = next((one for one in named if _PLACE.search(one[1])), named[0] if named else ("", ""))
    code = markup.meta.get("siteidcode", "")
    if not re.fullmatch(r"\d{10}", code):
        code = _first(_SITE_CODE, markup.visible)
    return Owner(name, code[:6], _first(_POLICE, markup.visible), _first(_ICP, markup.visible), province)


def _place(said: str) -> tuple[str, str]:
    """The province before a name, and the name of the place without 人民政府 and 门户网站."""
    name = _SITE.sub("", _SITE.sub("", said).removesuffix("人民政府")).removesuffix("人民政府")
    match = _PROVINCE.match(name)
    return (match[1], name[match.end() :]) if match else ("", name)


def _first(pattern: re.Pattern[str], text: str) -> str:
    return found[1] if (found := pattern.search(text)) else ""
