"""Which division a site is of where it names no 网站标识码, by its name and what else it says; how sure that is."""

from __future__ import annotations

import re

from archive.register.divisions import Division, above, division, named
from parsers.portals.owner import Owner

PROVINCES = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕甘陇青宁新",
        re.findall("..", "1112131415212223313233343536374142434445465051515252535354616262636465"),
        strict=True,
    )
)
"""The signs of provinces before ICP, and the first two digits of their codes."""


def division_of(owner: Owner) -> tuple[str, list[str]]:
    """The code of the division that a site is of, nothing where that stays open; and what a person should know."""
    if owner.division:
        return owner.division, []
    candidates, because = _agreeing(owner)
    if len(candidates) == 1:
        code = candidates[0].code
        said = f"the site names no 网站标识码: {code} is the code of {_whole(code)}, {because}{_though(owner, code)}"
        return code, [f"{said}; look whether it is right"]
    hint = _hint(owner, candidates)
    return "", [f"no division code (the site names no 网站标识码{hint}): put its six digits into the record"]


def _agreeing(owner: Owner) -> tuple[list[Division], str]:
    """The divisions called so that agree with the best of what else the site says, and what that was."""
    kept = [one for one in named(owner.name) if not owner.province or owner.province in above(one.code)[:1]]
    because = f"the only one called {owner.name}"
    witnesses = (
        (f"where its 公安备案号 {owner.police} is from", owner.police),
        (f"near where its 公安备案号 {owner.police} is from", owner.police[:4]),
        (f"in the province of its licence {owner.icp}ICP", PROVINCES.get(owner.icp, "")),
    )
    for told, prefix in witnesses:
        fitting = [one for one in kept if prefix and one.code.startswith(prefix)]
        if fitting:
            because = f"{because}, {told}" if len(kept) == 1 else f"called {owner.name}, {told}"
            return fitting, because
    return kept, because


def _though(owner: Owner, code: str) -> str:
    """What speaks against it."""
    against = []
    if owner.police and owner.police[:2] != code[:2]:
        against.append(f"its 公安备案号 is from {owner.police}")
    if PROVINCES.get(owner.icp, code[:2]) != code[:2]:
        against.append(f"its licence is {owner.icp}ICP")
    return f", though {' and '.join(against)}" if against else ""


def _hint(owner: Owner, candidates: list[Division]) -> str:
    if candidates:
        listed = ", ".join(f"{one.code} {_whole(one.code)}" for one in candidates)
        return f"; several are called {owner.name}: {listed}"
    if owner.police and division(owner.police):
        return f"; its 公安备案号 is from {owner.police} {_whole(owner.police)}, where it was registered"
    return ""


def _whole(code: str) -> str:
    return "".join(above(code))
