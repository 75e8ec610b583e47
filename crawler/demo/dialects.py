"""The dialects that the sample site speaks, at least one per CMS family."""

from __future__ import annotations

from crawler.demo import apis, interfaces, jpaas, jpage, makes, numbered, oddities, ucap, variants, vsb
from crawler.demo.dialect import Dialect

_CLASSES: tuple[type[Dialect], ...] = (
    *(ucap.Ucap, ucap.UcapSearch),
    *(vsb.Vsb, vsb.VsbUnlinked, vsb.VsbForm),
    *(jpage.Jpage, jpage.JpageSame, jpage.JpageRecords),
    *(jpaas.Jpaas, jpaas.JpaasRendered),
    *(interfaces.Xxgk, interfaces.XxgkReports, interfaces.Gkmlpt, interfaces.Epoint, interfaces.EpointAspx),
    *(interfaces.Lonsun, interfaces.LonsunFromZero, interfaces.Truecms, interfaces.Shijiazhuang),
    *(numbered.Nfcms, numbered.Openness, numbered.Ankang, numbered.Huaian, numbered.Framed),
    *(apis.UcapQuery, apis.SuzhouInfo, apis.SuzhouFiles, apis.HuaianLists),
    *(variants.XxgkTree, variants.GkmlptTree, variants.EpointParams, variants.EpointAction),
    *(variants.EpointOpened, variants.LonsunOld, variants.OpennessTarget),
    *(makes.TruecmsDead, makes.JpageArray, makes.JpageMany, makes.JpageAnchors),
    *(makes.UcapSearchList, makes.VsbDisclosure, makes.VsbYears, makes.VsbViewer),
    *(
        oddities.TrsScripted,
        oddities.TrsPrefixed,
        oddities.Program,
        oddities.Posted,
        oddities.PostedInGbk,
        oddities.Folders,
        oddities.Frameset,
    ),
)
DIALECTS: dict[str, Dialect] = {dialect.name: dialect() for dialect in _CLASSES}
"""By name."""
