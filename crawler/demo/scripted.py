"""The sample site as a portal whose lists are drawn by a script of its own: without a browser they are empty."""

from __future__ import annotations

import json
from typing import ClassVar

from crawler.demo.dialect import Asked, Dialect, slices
from crawler.demo.interfaces import answer_json
from crawler.demo.responses import Response
from crawler.demo.site import Site

SIZE = 15
_SCRIPT = """<div id="list"></div><script>
async function draw() {{
  await Promise.allSettled([{traps}].map(url => fetch(url, {{mode: "no-cors"}})));
  const rows = await (await fetch("/api/nb?c={number}")).json();
  const list = document.createElement("ul");
  for (const row of rows) {{
    const item = list.appendChild(document.createElement("li"));
    const link = item.appendChild(document.createElement("a"));
    link.href = row.url; link.title = link.textContent = row.title;
    item.appendChild(document.createElement("span")).textContent = row.day;
  }}
  document.getElementById("list").replaceWith(list);
}}
draw();
</script>"""


class Scripted(Dialect):
    """No family: an interface that nobody but its script knows. `traps` are addresses that the script asks too, which
    a page must not make a browser ask."""

    name = "scripted"
    family = "unknown"
    stop = "end"
    traps: ClassVar[tuple[str, ...]] = ()
    columns = {"townships": "/xxgk/nb803.html", "departments": "/xxgk/nb804.html"}
    article = "/xxgk/{d:%Y%m}/{a.number}.html"
    file = "/xxgk/{d:%Y%m}/{a.number}.{a.attachment}"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page without its rows, or the rows."""
        if column := self.column_at(site, asked.path):
            traps = ", ".join(f'"{url}"' for url in self.traps)
            return self.page(column.name, _SCRIPT.format(traps=traps, number=self.numbers[column.id]))
        column = self.column_numbered(site, asked.query.get("c"))
        if asked.path != "/api/nb" or column is None:
            return None
        entries = self.entries(site, column)
        return answer_json(
            [{"title": a.title, "url": self.link(site, a), "day": str(a.published_on)} for a in entries]
        )


_TURNED = """<div id="list"></div><div class="pager"><em>共{pages}页</em> <button id="next">下一页</button></div>
<script>
let page = 0;
async function draw() {{
  const answer = await (await fetch("/api/nb?c={number}&page=" + (++page))).json();
  document.getElementById("list").innerHTML = "<ul>" + answer.map(
    row => `<li><a href="${{row.url}}" title="${{row.title}}">${{row.title}}</a><span>${{row.day}}</span></li>`
  ).join("") + "</ul>";
  {after}
}}
document.getElementById("next").addEventListener("click", draw);
draw();
</script>"""


class ScriptedPages(Scripted):
    """Turned by a script as well: a button draws the next rows in the place of those before. Past the end stand the
    last rows again, or (`off`) the button is off."""

    name = "scripted_pages"
    off: ClassVar[bool] = False

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page without its rows, or the rows of a page."""
        if column := self.column_at(site, asked.path):
            pages = len(slices(self.entries(site, column), SIZE))
            after = f'document.getElementById("next").disabled = page >= {pages};' if self.off else ""
            return self.page(
                column.name, _TURNED.format(pages=pages, number=self.numbers[column.id], after=after)
            )
        right = super().lists(site, asked)
        if right is None:
            return None
        rows = json.loads(right.body)
        first = SIZE * (min(int(asked.query["page"]), -(-len(rows) // SIZE)) - 1)
        return answer_json(rows[first : first + SIZE])


class ScriptedPagesOff(ScriptedPages):
    """Whose button is off on the last page."""

    off = True
