"""An archive in which a report was revised, one is missing, one cannot be seen, and prose names persons."""

from datetime import date

from archive.folder import Folder
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl

REED, MOON, PINE = "苇塘街道", "月牙镇", "松针乡"
NOW = "2025-02-09T02:00:00Z"
PERSON, PHONE, MAIL = "李文静", "13900001111", "lwj@example.org"
SCRIPT = "<script>alert(1)</script>"


def archive(root):
    """The archive, after crawls before the due day of 2024, after it, and two days later."""
    site = yingchuan()
    for unit in (REED, MOON):
        site.publish(unit, 2024, date(2025, 1, 10))
    site.break_sum(PINE, 2023)
    said = f"，联系人：{PERSON}，电话{PHONE}，邮箱{MAIL}，{SCRIPT}"
    site.edit_word(MOON, 2023, "按时更新。", f"按时更新{said}。")
    site.edit_cell(MOON, 2023, "proactive.licensing.decisions", f"22（问{PHONE}）")
    site.edit_cell(MOON, 2023, "requests.granted.business", None)
    folder = Folder(root / "archive").create()
    SimulatedCrawl(folder, site, "2025-01-20T01:00:00Z")
    before = site.report(REED, 2023).figures()["requests.received.business"]
    site.edit_cell(REED, 2023, "requests.received.business", (before or 0) + 7)
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    SimulatedCrawl(folder, site, "2025-02-09T01:00:00Z")
    return folder, site
