import time

import pytest

from archive.exports.masking import mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系电话：0470-1234567。", "联系电话：〔电话〕。"),
        ("电话 （0470）2345678", "电话 〔电话〕"),
        ("手机13900001111转告", "手机〔电话〕转告"),
        ("+86 139-0000-1111", "〔电话〕"),
        ("传真：2345678", "传真：〔电话〕"),
        ("邮箱 a.b@example.org，", "邮箱 〔邮箱〕，"),
        ("身份证110101199003072316。", "身份证〔证件号〕。"),
        ("微信：gongkai_2024", "微信：〔账号〕"),
        ("联系人：欧阳文静，", "联系人：〔姓名〕，"),
        ("经办人 张三；", "经办人 〔姓名〕；"),
        ("填表人李四 审核人：王五", "填表人〔姓名〕 审核人：〔姓名〕"),
        ("由党委书记王建国任组长", "由党委书记〔姓名〕任组长"),
        ("镇长李明、副镇长张华", "镇长〔姓名〕、副镇长〔姓名〕"),
        ("张伟同志", "〔姓名〕同志"),
        ("申请人：赵六不服", "申请人：〔姓名〕"),
    ],
)
def test_persons_are_masked(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "全年主动公开政府信息204条，收到申请11件。",
        "政府热线12345受理3件。",
        "国办公开办函〔2021〕30号",
        "2023年1月1日起至2023年12月31日止",
        "收费1234567.89元，支出25100000元",
        "负责人高度重视，主任亲自部署，书记任组长",
        "村级公开栏负责人为各村支部",
        "http://www.example.gov.cn/zfxxgk/202401/t20240118_1495.html",
        "联系人员密集场所",
    ],
)
def test_what_names_nobody_stays(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    "run", ["1", "0470-", "a.", "a@b-", "张", "主任", "联系人：", "电话 1 ", "(0", "86-"]
)
def test_long_runs_take_no_long_time(run):
    begun = time.process_time()
    mask(run * (100_000 // len(run)))
    assert time.process_time() - begun < 2
