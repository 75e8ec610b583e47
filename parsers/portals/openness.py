"""安徽, the other vendor (亳州, 东至, 阜阳, 宣城, 阜南, 六安), also in 呼伦贝尔: routes named Xxgk… and Openness…."""

from __future__ import annotations

import re

from parsers.portals.family import Family
from parsers.portals.marks import Mark


class Openness(Family):
    """Static lists at `/XxgkContent/showList/ORGAN/CATEGORY/page_N.html`; annual reports have routes of their own."""

    name = "openness"
    marks = {
        "AnnualReport route": Mark("(?i)/(?:Xxgk|Openness)AnnualReport/", "AnnualReport/"),
        "Xxgk route": Mark(
            "(?i)/(?:XxgkContent|(?:Branch)?OpennessContent|Xxgknb)/show", "Content/show", "Xxgknb/show"
        ),
        "opennessTarget": Mark(r"/opennessTarget/?\?", "/opennessTarget"),
    }
    address = re.compile(
        r"/(?:Xxgk|(?:Branch)?Openness)(?:Content|AnnualReport|nb)/|/opennessTarget/?\?|/openness/detail/",
        re.IGNORECASE,
    )
    report_url = re.compile(
        r"/(?:Xxgk|Openness)AnnualReport/(?:show|year/show|detail)/|/Xxgknb/show/\d+\.html", re.IGNORECASE
    )
    article_url = re.compile(
        r"/(?:XxgkContent|(?:Branch)?OpennessContent|News|Xxgknb)/show/\d+\.html"
        r"|/(?:Xxgk|Openness)AnnualReport/(?:show|year/show|detail)/[\w/]+\.html"
        r"|/openness/detail/content/\w+\.html",
        re.IGNORECASE,
    )
