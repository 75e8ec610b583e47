"""Whose site a page is of."""

import pytest

from parsers.portals.owner import Owner, owner
from tests.parsers.portals.test_discovery import page


@pytest.mark.parametrize(
    ("head", "body", "told"),
    [
        ('<meta name="SiteName" content="云梦泽省青禾县人民政府门户网站">', "", ("青禾县", "")),
        ('<meta name="SiteIDCode" content="9901010001">', "", ("青禾县", "990101")),
        ("", "<p>网站标识码：9901010001</p>", ("青禾县", "990101")),
        ("", "<p>网站标识码：bm01000001</p>", ("青禾县", "")),
    ],
)
def test_the_owner_of_a_site(head, body, told):
    said = owner(page(body, title="青禾县人民政府门户网站", head=head))
    assert (said.name, said.division) == told


@pytest.mark.parametrize(
    ("title", "foot", "told"),
    [
        ("云梦泽省青禾县人民政府", "", Owner("青禾县", province="云梦泽省")),
        ("首页_青禾县人民政府门户网站", "", Owner("青禾县")),
        ("首页", "<p>主办单位：青禾县人民政府办公室</p>", Owner("青禾县")),
        ("欢迎访问", "<p>版权所有：云梦泽省青禾县人民政府</p>", Owner("青禾县", province="云梦泽省")),
        ("青禾县政府网", "<p>冀公网安备 99010102000123号</p>", Owner("青禾县", police="990101")),
        ("青禾县政府网", "<p>公网安备案号：99010102000123</p>", Owner("青禾县", police="990101")),
        ("青禾县政府网", "<p>黑ICP备05000001号-1 </p>", Owner("青禾县", icp="黑")),
        ("政府信息公开年报", "", Owner("政府信息公开年报")),
    ],
)
def test_what_else_a_site_says_of_its_place(title, foot, told):
    assert owner(page(foot, title=title)) == told


def test_what_one_page_does_not_say_another_may():
    assert Owner("青禾县").beside(Owner("白鹭县", "990101", icp="黑")) == Owner("青禾县", "990101", icp="黑")
