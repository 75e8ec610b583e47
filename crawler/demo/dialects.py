"""The dialects that the sample site speaks, at least one per CMS family."""

from __future__ import annotations

from crawler.demo import interfaces, jpaas, jpage, numbered, ucap, vsb
from crawler.demo.dialect import Dialect

_CLASSES: tuple[type[Dialect], ...] = (
    *(ucap.Ucap, ucap.UcapSearch),
    *(vsb.Vsb, vsb.VsbUnlinked, vsb.VsbForm),
    *(jpage.Jpage, jpage.JpageSame, jpage.JpageRecords),
    *(jpaas.Jpaas, jpaas.JpaasRendered),
    *(interfaces.Xxgk, interfaces.XxgkReports, interfaces.Gkmlpt, interfaces.Epoint, interfaces.EpointAspx),
    *(interfaces.Lonsun, interfaces.LonsunFromZero, interfaces.Truecms, interfaces.Shijiazhuang),
    *(numbered.Nfcms, numbered.Openness, numbered.Ankang, numbered.Huaian, numbered.Framed),
)
DIALECTS: dict[str, Dialect] = {dialect.name: dialect() for dialect in _CLASSES}
"""By name."""
