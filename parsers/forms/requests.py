"""Table of section 三, forms 2019 (23 rows) and 2021 (25 rows)."""

from parsers.forms.model import Column, Row

ORGANIZATIONS = "法人或其他组织"
REQUEST_COLUMNS = (
    Column("natural_person", "自然人"),
    Column("business", "商业企业"),
    Column("research", "科研机构"),
    Column("public_interest", "社会公益组织"),
    Column("legal_service", "法律服务机构"),
    Column("other_organization", "其他"),
    Column("total", "总计"),
)

OUTCOME = "三、本年度办理结果"
DENIED, UNAVAILABLE = "（三）不予公开", "（四）无法提供"
NOT_PROCESSED, OTHER = "（五）不予处理", "（六）其他处理"


def _row(code: str, label: str, *groups: str) -> Row:
    return Row(code, label, REQUEST_COLUMNS, groups)


_COMMON = (
    _row("received", "一、本年新收政府信息公开申请数量"),
    _row("brought_forward", "二、上年结转政府信息公开申请数量"),
    _row("granted", "（一）予以公开", OUTCOME),
    _row("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", OUTCOME),
    _row("denied_state_secret", "1.属于国家秘密", OUTCOME, DENIED),
    _row("denied_forbidden_by_law", "2.其他法律行政法规禁止公开", OUTCOME, DENIED),
    _row("denied_endangers_security", "3.危及“三安全一稳定”", OUTCOME, DENIED),
    _row("denied_third_party_rights", "4.保护第三方合法权益", OUTCOME, DENIED),
    _row("denied_internal_management", "5.属于三类内部事务信息", OUTCOME, DENIED),
    _row("denied_deliberative", "6.属于四类过程性信息", OUTCOME, DENIED),
    _row("denied_enforcement_file", "7.属于行政执法案卷", OUTCOME, DENIED),
    _row("denied_special_access_rules", "8.属于行政查询事项", OUTCOME, DENIED),
    _row("unavailable_not_held", "1.本机关不掌握相关政府信息", OUTCOME, UNAVAILABLE),
    _row("unavailable_needs_creation", "2.没有现成信息需要另行制作", OUTCOME, UNAVAILABLE),
    _row("unavailable_still_unclear", "3.补正后申请内容仍不明确", OUTCOME, UNAVAILABLE),
    _row("not_processed_petition", "1.信访举报投诉类申请", OUTCOME, NOT_PROCESSED),
    _row("not_processed_duplicate", "2.重复申请", OUTCOME, NOT_PROCESSED),
    _row("not_processed_published_material", "3.要求提供公开出版物", OUTCOME, NOT_PROCESSED),
    _row("not_processed_excessive", "4.无正当理由大量反复申请", OUTCOME, NOT_PROCESSED),
    _row("not_processed_reconfirmation", "5.要求行政机关确认或重新出具已获取信息", OUTCOME, NOT_PROCESSED),
)
_OTHER_2021 = (
    _row(
        "other_handling_correction_overdue",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        OUTCOME,
        OTHER,
    ),
    _row(
        "other_handling_fee_overdue",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        OUTCOME,
        OTHER,
    ),
    _row("other_handling_rest", "3.其他", OUTCOME, OTHER),
)
_OTHER_2019 = (_row("other_handling", "（六）其他处理", OUTCOME),)
_CLOSING = (
    _row("concluded", "（七）总计", OUTCOME),
    _row("carried_forward", "四、结转下年度继续办理"),
)

REQUESTS_2021 = _COMMON + _OTHER_2021 + _CLOSING
REQUESTS_2019 = _COMMON + _OTHER_2019 + _CLOSING
