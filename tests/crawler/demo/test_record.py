from dataclasses import replace

import yaml

from crawler.demo.county import qinghe, yingchuan
from crawler.demo.record import registry_record

BASE = "http://127.0.0.1:8000"


def test_registry_record():
    site = qinghe()
    text = registry_record(site, BASE)
    record = yaml.safe_load(text)
    assert "青禾县" in text
    assert list(record) == [
        "id",
        "name",
        "division",
        "hosts",
        "allow_private",
        "pace_seconds",
        "first_year",
        "columns",
        "units",
    ]
    assert (record["id"], record["name"], record["division"]) == ("qinghe", "青禾县", "990101")
    assert record["hosts"] == ["127.0.0.1:8000"]
    assert (record["allow_private"], record["pace_seconds"], record["first_year"]) == (True, 0, 2021)
    assert record["columns"][0] == {
        "id": "townships",
        "url": f"{BASE}/zfxxgk/nb/xz/",
        "kinds": ["township", "subdistrict"],
    }
    assert {"name": "白鹭镇", "kind": "township", "code": "990101100"} in record["units"]
    assert {"name": "青禾县财政局", "kind": "department"} in record["units"]
    assert len(record["units"]) == len(site.units)


def test_a_column_split_by_year_says_so_in_the_record():
    site = yingchuan()
    site.columns = (replace(site.columns[0], years=(2022, 2023)),)
    record = yaml.safe_load(registry_record(site, BASE))
    assert record["columns"][0]["years"] == [2022, 2023]
