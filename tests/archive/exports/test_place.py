from archive.exports.place import place_of
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report


def test_where_a_row_of_the_annex_stands():
    report = make_report("云溪县青石镇人民政府", 2016, seed=3)
    page = as_page(report).encode()
    website, weibo = (place_of(page, 0, f"annex.{code}") for code in ("via_website", "via_weibo"))
    assert website is not None
    assert website != weibo
    assert place_of(as_page(report.without("annex.via_website")).encode(), 0, "annex.via_website") is None
    assert place_of(page, 1, "annex.via_website") is None
