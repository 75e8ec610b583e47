"""Table of section 四: three routes of remedy with five outcomes each, the same in forms 2019 and 2021."""

from parsers.forms.model import Column, Row

LITIGATION = "行政诉讼"
OUTCOMES = (
    Column("upheld", "结果维持"),
    Column("corrected", "结果纠正"),
    Column("other_outcome", "其他结果"),
    Column("undecided", "尚未审结"),
    Column("total", "总计"),
)
ROUTES = (
    Row("reconsideration", "行政复议", OUTCOMES),
    Row("litigation_direct", "未经复议直接起诉", OUTCOMES, (LITIGATION,)),
    Row("litigation_after_reconsideration", "复议后起诉", OUTCOMES, (LITIGATION,)),
)
