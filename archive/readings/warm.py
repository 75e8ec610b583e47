"""Imported by the process that readers are forked from: what the first document of a process pays for, patterns that
are compiled and modules that come when one needs them, is paid once and not by every reader of every update."""

from __future__ import annotations

from archive.readings import pages, tables  # noqa: F401 - what readers run
from parsers.parse import parse
from parsers.portals import inspect
from parsers.portals.model import Page

SAMPLE = """<html><head><meta charset="utf-8"><title>某镇2023年政府信息公开工作年度报告</title></head><body>
<h1>某镇人民政府2023年政府信息公开工作年度报告</h1><p>发布日期：2024-01-20</p><p>一、总体情况</p>
<p>2023年，某镇人民政府主动公开政府信息12条，收到政府信息公开申请1件。</p><p>二、主动公开政府信息情况</p>
<table><tr><td>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td>
<td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr></table>
<p>三、收到和处理政府信息公开申请情况</p><table><tr><td>申请人情况</td><td>自然人</td><td>总计</td></tr>
<tr><td>一、本年新收政府信息公开申请数量</td><td>1</td><td>1</td></tr></table>
<p>五、存在的主要问题及改进情况</p><p>无。</p></body></html>""".encode()

inspect(Page("http://www.example.org/1.html", SAMPLE, 200, "text/html"))
parse(SAMPLE)
