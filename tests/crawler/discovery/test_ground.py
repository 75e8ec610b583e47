import pytest

from crawler.discovery.ground import Ground


@pytest.mark.parametrize(
    ("home", "url", "own"),
    [
        ("www.qinghe.gov.cn", "https://www.qinghe.gov.cn/", True),
        ("www.qinghe.gov.cn", "http://xxgk.qinghe.gov.cn/nb/", True),
        ("www.qinghe.gov.cn", "http://qinghe.gov.cn/", True),
        ("www.qinghe.gov.cn", "http://notqinghe.gov.cn/", False),
        ("www.qinghe.gov.cn", "http://www.yunmeng.gov.cn/", False),
        ("www.qinghe.gov.cn", "http://www.qinghe.gov.cn:8080/", False),
        ("ylq.yueyang.gov.cn", "http://www.yueyang.gov.cn/", False),
        ("61.150.65.235", "http://61.150.65.235/nb/", True),
        ("61.150.65.235", "http://1.61.150.65.235/nb/", False),
        ("127.0.0.1:8081", "http://127.0.0.1:8082/", False),
        ("www.qinghe.gov.cn", "ftp://www.qinghe.gov.cn/", False),
        ("www.qinghe.gov.cn", "http://www.qinghe.gov.cn:x/", False),
    ],
)
def test_the_ground_is_the_host_and_those_below_it(home, url, own):
    ground = Ground(id="x", hosts=(home,))
    assert ground.is_own(url) == ground.owns(url) == own


def test_hosts_elsewhere_are_asked_but_are_not_its_own():
    ground = Ground(id="x", hosts=("www.qinghe.gov.cn",), elsewhere={"www.yunmeng.gov.cn"})
    assert ground.owns("http://www.yunmeng.gov.cn/a/")
    assert not ground.is_own("http://www.yunmeng.gov.cn/a/")
