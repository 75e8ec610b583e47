from crawler.discovery.agenda import Agenda
from crawler.discovery.ground import Ground
from parsers.portals.discovery import Link
from parsers.portals.urls import key

BASE = "http://www.qinghe.example"


def agenda(looks: int, links: list[Link]) -> Agenda:
    out = Agenda(Ground(id="qinghe", hosts=("www.qinghe.example",)), looks)
    out.add(links)
    return out


def link(path: str, role: str = "column", score: int = 50) -> Link:
    return Link(f"{BASE}/{path}/", path, role, score, ())


def looked_at(of: Agenda, found: bool = False, listed: frozenset[str] = frozenset()) -> list[str]:
    seen = []
    while of.looks_left > 0 and (one := of.next(found, listed)):
        of.take(one)
        seen.append(one.text)
    return seen


def test_columns_use_every_look_and_what_is_left_is_given_back():
    of = agenda(10, [link(f"nb{number}") for number in range(12)])
    assert looked_at(of) == [f"nb{number}" for number in range(10)]
    assert of.next(False, frozenset()).text == "nb10"


def test_the_best_link_comes_first_and_no_address_twice():
    of = agenda(10, [link("a", score=20), link("b", score=90), link("b", score=30)])
    assert looked_at(of) == ["b", "a"]
    of.add([link("a", score=99)])
    assert looked_at(of) == []


def test_roles_have_limits():
    links = [link(f"{role}{number}", role) for role in ("report", "map", "search") for number in range(9)]
    assert [text.rstrip("0123456789") for text in looked_at(agenda(40, links))] == [
        *["report"] * 3,
        "map",
        *["search"] * 2,
    ]


def test_what_is_no_longer_worth_a_look():
    links = [link("map", "map"), link("guess", "section", 5), link("report", "report"), link("nb")]
    listed = frozenset({key(f"{BASE}/report/")})
    assert looked_at(agenda(40, links), True, listed) == ["nb"]
    assert looked_at(agenda(40, links)) == ["map", "report", "nb", "guess"]


def test_only_a_link_that_names_a_column_leads_off_the_ground_and_only_under_gov_cn():
    links = [
        Link(f"http://{host}/nb/", host, role, 50, ())
        for host, role in [
            ("www.bailu.gov.cn", "column"),
            ("www.bailu.example", "column"),
            ("www.heta.gov.cn", "section"),
        ]
    ]
    assert looked_at(agenda(40, links)) == ["www.bailu.gov.cn"]
