"""The dialects that the sample site speaks, at least one per CMS family."""

from __future__ import annotations

from crawler.demo import jpaas, jpage, ucap, vsb
from crawler.demo.dialect import Dialect

_CLASSES: tuple[type[Dialect], ...] = (
    *(ucap.Ucap, ucap.UcapSearch),
    *(vsb.Vsb, vsb.VsbUnlinked, vsb.VsbForm),
    *(jpage.Jpage, jpage.JpageSame, jpage.JpageRecords),
    *(jpaas.Jpaas, jpaas.JpaasRendered),
)
DIALECTS: dict[str, Dialect] = {dialect.name: dialect() for dialect in _CLASSES}
"""By name."""
