"""The sample site as a portal whose lists are drawn by a script of its own: without a browser they are empty."""

from __future__ import annotations

from typing import ClassVar

from crawler.demo.dialect import Asked, Dialect
from crawler.demo.interfaces import answer_json
from crawler.demo.responses import Response
from crawler.demo.site import Site

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
    columns = {"townships": "/xxgk/nb803.html", "departments": "/xxgk/nb804.html"}  # noqa: RUF012
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
