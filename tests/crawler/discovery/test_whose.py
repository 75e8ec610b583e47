"""Which division a site is of, where it does not name its code."""

import gzip

import pytest

from archive.register import divisions
from crawler.demo.dialects import DIALECTS
from crawler.demo.home import Home
from crawler.discovery.making import propose
from crawler.discovery.whose import division_of
from parsers.portals.owner import Owner
from tests.crawler.discovery.searching import search

TABLE = """# made up
98\t北泽省
9801\t云溪市
980101\t白鹭区\t001石榴街道
980102\t石桥县\t101白鹭镇
99\t云梦泽省
9901\t青州市
990101\t白鹭区\t001石榴街道
990102\t石榴区\t001石榴街道
990103\t青禾县\t101白鹭镇
9902\t白沙市
990201\t白鹭区\t001石榴街道
990301\t市辖区
"""


@pytest.fixture(autouse=True)
def table(tmp_path, monkeypatch):
    (tmp_path / "divisions.txt.gz").write_bytes(gzip.compress(TABLE.encode()))
    monkeypatch.setattr(divisions, "TABLE", tmp_path / "divisions.txt.gz")
    monkeypatch.setattr("crawler.discovery.whose.PROVINCES", {"黑": "98", "吉": "99"})
    divisions.forget()
    yield
    divisions.forget()


@pytest.mark.parametrize(
    ("owner", "code", "said"),
    [
        (Owner("石桥县", "990101"), "990101", ""),
        (Owner("石桥县"), "980102", "北泽省云溪市石桥县, the only one called 石桥县; look"),
        (Owner("石桥县", icp="黑"), "980102", "in the province of its licence 黑ICP"),
        (Owner("石桥县", icp="吉"), "980102", "though its licence is 吉ICP"),
        (Owner("石桥县", police="990102", icp="吉"), "980102", "is from 990102 and its licence is 吉ICP"),
        (Owner("石桥县", province="云梦泽省"), "", "no division code (the site names no 网站标识码)"),
        (
            Owner("白鹭区"),
            "",
            "several are called 白鹭区: 980101 北泽省云溪市白鹭区, 990101 云梦泽省青州市白鹭区, 990201",
        ),
        (Owner("白鹭区", icp="黑"), "980101", "called 白鹭区, in the province of its licence 黑ICP; look"),
        (Owner("白鹭区", icp="吉"), "", "several are called 白鹭区: 990101"),
        (Owner("白鹭区", police="990201", icp="黑"), "990201", "where its 公安备案号 990201 is from, though"),
        (Owner("白鹭区", police="990102"), "990101", "near where its 公安备案号 990102 is from"),
        (Owner("白鹭区", province="北泽省"), "980101", "the only one called 白鹭区"),
        (
            Owner("无名县", police="990102"),
            "",
            "公安备案号 is from 990102 云梦泽省青州市石榴区, where it was registered",
        ),
        (Owner("市辖区"), "", "no 网站标识码)"),
        (Owner(), "", "no 网站标识码)"),
    ],
)
def test_the_code_comes_from_what_else_the_site_says(owner, code, said):
    found, doubts = division_of(owner)
    assert found == code
    assert [said in doubt for doubt in doubts] == ([True] if said else [])


def test_a_home_page_without_a_code_leads_to_the_record_all_the_same():
    dialect = DIALECTS["vsb"]
    done, _ = search(Home(dialect.answer, dialect.address, "direct", coded=False), dialect.site())
    proposal = propose(done)
    assert (proposal.record["name"], proposal.record["division"]) == ("青禾县", "990103")
    assert any("990103 is the code of 云梦泽省青州市青禾县" in doubt for doubt in proposal.trouble)
