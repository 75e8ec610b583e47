"""The annex of form 2014: 政府信息公开情况统计表, reports for 2014 to 2018 (国办发〔2014〕32号)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnnexRow:
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
