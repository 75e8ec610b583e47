"""The annex of form 2014: 政府信息公开情况统计表, reports for 2014 to 2018 (国办发〔2014〕32号)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

AUTHORITY = "国办发〔2014〕32号"


class AnnexRow(NamedTuple):
    """A line of the annex: code, label as printed, unit of its value."""

    code: str
    label: str
    unit: str


ANNEX = tuple(
    AnnexRow(*line.split("|"))
    for line in """\
proactive_total|主动公开政府信息数|条
proactive_normative_documents|主动公开规范性文件数|条
normative_documents_issued|制发规范性文件总数|件
via_gazette|政府公报公开政府信息数|条
via_website|政府网站公开政府信息数|条
via_weibo|政务微博公开政府信息数|条
via_wechat|政务微信公开政府信息数|条
via_other|其他方式公开政府信息数|条
responses_total|回应公众关注热点或重大舆情数|次
press_conferences|参加或举办新闻发布会总次数|次
press_conferences_by_head|主要负责同志参加新闻发布会次数|次
online_interviews|政府网站在线访谈次数|次
online_interviews_by_head|主要负责同志参加政府网站在线访谈次数|次
policy_interpretations|政策解读稿件发布数|篇
weibo_wechat_responses|微博微信回应事件数|次
other_responses|其他方式回应事件数|次
received|收到申请数|件
received_in_person|当面申请数|件
received_fax|传真申请数|件
received_online|网络申请数|件
received_letter|信函申请数|件
concluded|申请办结数|件
concluded_on_time|按时办结数|件
concluded_extended|延期办结数|件
answered|申请答复数|件
answered_already_public|属于已主动公开范围数|件
answered_granted|同意公开答复数|件
answered_partly|同意部分公开答复数|件
answered_denied|不同意公开答复数|件
denied_state_secret|涉及国家秘密|件
denied_trade_secret|涉及商业秘密|件
denied_privacy|涉及个人隐私|件
denied_endangers_security|危及国家安全、公共安全、经济安全和社会稳定|件
denied_not_government_information|不是《条例》所指政府信息|件
denied_other_law|法律法规规定的其他情形|件
answered_not_ours|不属于本行政机关公开数|件
answered_not_existing|申请信息不存在数|件
answered_to_be_amended|告知作出更改补充数|件
answered_other_channel|告知通过其他途径办理数|件
reconsideration|行政复议数量|件
reconsideration_upheld|维持具体行政行为数|件
reconsideration_corrected|被依法纠错数|件
reconsideration_other|其他情形数|件
litigation|行政诉讼数量|件
litigation_upheld|维持具体行政行为或者驳回原告诉讼请求数|件
litigation_corrected|被依法纠错数|件
litigation_other|其他情形数|件
complaints|举报投诉数量|件
request_fees|依申请公开信息收取的费用|万元
dedicated_offices|政府信息公开工作专门机构数|个
reading_points|设置政府信息公开查阅点数|个
staff|从事政府信息公开工作人员数|人
staff_full_time|专职人员数|人
staff_part_time|兼职人员数|人
budget|政府信息公开专项经费|万元
meetings|召开政府信息公开工作会议或专题会议数|次
training_courses|举办各类培训班数|次
people_trained|接受培训人员数|人次""".splitlines()
)
"""Every row in the order of the form."""

GROUPS = {
    "主动公开情况": "proactive",
    "主动公开": "proactive",
    "通过不同渠道和方式公开政府信息的情况": "channels",
    "通过不同渠道和方式公开政府信息情况": "channels",
    "回应解读情况": "interpretation",
    "通过不同渠道和方式回应解读的情况": "interpretation",
    "通过不同渠道和方式回应解读情况": "interpretation",
    "依申请公开情况": "requests",
    "依申请公开": "requests",
    "行政复议情况": "reconsideration",
    "行政诉讼情况": "litigation",
    "机构建设和保障经费情况": "offices",
    "机构建设和保障经费": "offices",
    "机构建设和经费保障情况": "offices",
    "政府信息公开会议和培训情况": "training",
    "会议和培训情况": "training",
}
"""Rows without values that stand over others."""

_WITHIN = (
    ("channels", "via_gazette via_website via_weibo via_wechat via_other"),
    (
        "interpretation",
        "press_conferences online_interviews policy_interpretations weibo_wechat_responses other_responses",
    ),
    ("press_conferences", "press_conferences_by_head"),
    ("online_interviews", "online_interviews_by_head"),
    ("received", "received_in_person received_fax received_online received_letter"),
    ("concluded", "concluded_on_time concluded_extended"),
    (
        "answered",
        "answered_already_public answered_granted answered_partly answered_denied answered_not_ours"
        " answered_not_existing answered_to_be_amended answered_other_channel",
    ),
    (
        "answered_denied",
        "denied_state_secret denied_trade_secret denied_privacy denied_endangers_security"
        " denied_not_government_information denied_other_law",
    ),
    ("reconsideration", "reconsideration_upheld reconsideration_corrected reconsideration_other"),
    ("litigation", "litigation_upheld litigation_corrected litigation_other"),
    ("staff", "staff_full_time staff_part_time"),
)
WITHIN = {code: over for over, codes in _WITHIN for code in codes.split()}
"""Under which row or group a row stands: where a label names several rows, this decides."""

PARTS = {over: tuple(codes.split()) for over, codes in _WITHIN}
SUMS = ("received", "concluded", "answered", "answered_denied", "reconsideration", "litigation", "staff")
"""Rows that are the sum of the rows under them."""

VARIANTS = (
    # text, code, why it is written so
    ("公开政府信息数", "proactive_total", "shortened"),
    ("政府公报", "via_gazette", "shortened"),
    ("政府网站", "via_website", "shortened"),
    ("政府门户网站公开政府信息数", "via_website", "lengthened"),
    ("政务微博", "via_weibo", "shortened"),
    ("政务微信", "via_wechat", "shortened"),
    ("其他方式", "via_other", "shortened"),
    ("其他方式", "other_responses", "shortened"),
    ("参加或举办新闻发布会次数", "press_conferences", "a word left out"),
    ("主要负责同志参加", "press_conferences_by_head", "shortened"),
    ("主要负责同志参加", "online_interviews_by_head", "shortened"),
    ("主要负责同志参加政府网站在线访谈", "online_interviews_by_head", "shortened"),
    ("在线访谈次数", "online_interviews", "shortened"),
    ("政策解读稿件数", "policy_interpretations", "shortened"),
    ("当面", "received_in_person", "shortened"),
    ("传真", "received_fax", "shortened"),
    ("网络", "received_online", "shortened"),
    ("信函", "received_letter", "shortened"),
    ("按时", "concluded_on_time", "shortened"),
    ("延期", "concluded_extended", "shortened"),
    ("属于已主动公开范围", "answered_already_public", "shortened"),
    ("同意公开", "answered_granted", "shortened"),
    ("同意部分公开", "answered_partly", "shortened"),
    ("不同意公开", "answered_denied", "shortened"),
    ("危及国家安全公共安全经济安全社会稳定", "denied_endangers_security", "a word left out"),
    ("不是条例所指的政府信息", "denied_not_government_information", "a word added"),
    ("法律法规规定的其他情况", "denied_other_law", "everyday word"),
    ("不属于本行政机关公开", "answered_not_ours", "shortened"),
    ("申请信息不存在", "answered_not_existing", "shortened"),
    ("告知作出更改补充", "answered_to_be_amended", "shortened"),
    ("告知通过其他途径办理", "answered_other_channel", "shortened"),
    ("维持具体行政行为", "reconsideration_upheld", "shortened"),
    ("维持", "reconsideration_upheld", "shortened"),
    ("维持", "litigation_upheld", "shortened"),
    ("维护具体行政行为或者驳回原告诉讼请求数", "litigation_upheld", "a slip of the official form"),
    ("被依法纠错", "reconsideration_corrected", "shortened"),
    ("被依法纠错", "litigation_corrected", "shortened"),
    ("其他情形", "reconsideration_other", "shortened"),
    ("其他情形", "litigation_other", "shortened"),
    ("行政复议", "reconsideration", "shortened"),
    ("行政诉讼", "litigation", "shortened"),
    ("举报投诉", "complaints", "shortened"),
    ("依申请公开信息收取费用", "request_fees", "a word left out"),
    ("专门机构数", "dedicated_offices", "shortened"),
    ("查阅点数", "reading_points", "shortened"),
    ("工作人员数", "staff", "shortened"),
    ("专职", "staff_full_time", "shortened"),
    ("兼职", "staff_part_time", "shortened"),
    ("专项经费", "budget", "shortened"),
    ("会议或专题会议数", "meetings", "shortened"),
    ("召开政府信息公开工作会议或专题会议次数", "meetings", "everyday word"),
    ("培训班数", "training_courses", "shortened"),
    ("举办各类培训班次数", "training_courses", "everyday word"),
)

STRANGERS = (
    # text, what it counts although it looks like a row of the form
    (
        "主动公开文件数",
        "documents of any kind, in tables from before the form; the form's row is of normative ones",
    ),
)

MONEY = frozenset({"万元", "元"})
UNITS = frozenset(
    {row.unit for row in ANNEX} | MONEY | {"份", "起", "家", "处", "场", "期", "人／次", "人/次"}
)
"""What stands in the column of units."""

HEADERS = {
    "统计指标": "label", "指标名称": "label", "指标": "label", "统计项目": "label",
    "单位": "unit", "计量单位": "unit",
    "统计数": "value", "统计数量": "value", "统计数据": "value", "统计数字": "value", "数量": "value", "数值": "value",
    "本期实际": "value",
    "序号": "other", "行次": "other", "代码": "other", "编号": "other",
    "本月": "other", "本月数": "other", "本季": "other", "本季度": "other",
    "累计": "other", "累计数": "other", "本年累计": "other", "历年累计": "other",
    "备注": "remark", "说明": "remark",
}  # fmt: skip
"""What heads the columns; `other` are numbers that are not the year's, as tables of provinces have them beside."""

_YEAR = re.compile(r"(?:20\d\d|(?P<last>[上去])|本)年度?(?:统计)?(?:数|数量|数据)?")


@lru_cache(maxsize=1024)
def head_role(word: str) -> str | None:
    """What the column under a word holds; `None` where it heads none."""
    if role := HEADERS.get(word):
        return role
    year = _YEAR.fullmatch(word)
    return ("other" if year["last"] else "value") if year else None
