"""The official forms as data: tables, rows, columns, identities."""

from parsers.forms.model import Column, Form, Row
from parsers.forms.proactive import PROACTIVE_2019, PROACTIVE_2021
from parsers.forms.remedies import OUTCOMES, ROUTES
from parsers.forms.requests import REQUEST_COLUMNS, REQUESTS_2019, REQUESTS_2021

FORMS = {
    "2019": Form("2019", "国办公开办函〔2019〕60号", PROACTIVE_2019, REQUESTS_2019),
    "2021": Form("2021", "国办公开办函〔2021〕30号", PROACTIVE_2021, REQUESTS_2021),
}

SECTIONS = {
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "remedies": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other_matters": "其他需要报告的事项",
}
"""Section codes in order, with the official heading of forms 2019 and 2021."""


def every_row(table: str, form: str) -> tuple[str, ...]:
    """A path for every row of a table of the form; of an unknown form, for the rows of any."""
    if table == "remedies":
        return tuple(f"remedies.{route.code}.*" for route in ROUTES)
    forms = [FORMS[form]] if form in FORMS else list(FORMS.values())
    codes = dict.fromkeys(row.code for one in forms for row in getattr(one, table))
    return tuple(f"{table}.{code}.*" for code in codes)


__all__ = ["FORMS", "OUTCOMES", "REQUEST_COLUMNS", "ROUTES", "SECTIONS", "Column", "Form", "Row", "every_row"]
