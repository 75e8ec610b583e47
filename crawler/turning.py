"""Lists that a script draws and turns: the control that says "next page" is clicked until nothing new comes.

What the turns bring is put behind the first page's own rows, and the pager is taken out of the page: all that it could
lead to stands there. `data-gongkai-turned` on the page's root says of how many pages it was put together.
"""

from __future__ import annotations

from urllib.parse import urldefrag

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as TookTooLong

MOST_TURNS = 60
"""A list of more pages is given up, and its walk says so: half of it is not to be taken for the whole."""
_SETTLED_SECONDS = 10
"""A page whose scripts still ask for something after that is taken as it stands."""
_DRAWN_SECONDS = 0.2
"""What a script takes to draw what it has got."""

_MARK = """() => {
  const next = /^[\\s>»›]*(?:下一?页|后一?页|(?:点击)?加载更多|next(?: page)?)[\\s>»›]*$/i;
  const off = /disab|unable|no-?more|end\\b/i;
  document.querySelectorAll('[data-gongkai-next]').forEach(node => node.removeAttribute('data-gongkai-next'));
  for (const node of document.querySelectorAll('a, button, li, span, input')) {
    const text = node.innerText || node.value || node.title || '';
    if (!next.test(text) || node.offsetParent === null || node.querySelector('a, button')) continue;
    const link = node.closest('a[href]');
    if (link && !/^\\s*(?:#|javascript:|$)/i.test(link.getAttribute('href'))) return false;
    const about = [node, node.parentElement];
    if (about.some(one => one.disabled || one.hasAttribute('disabled') || off.test(one.className))) return false;
    node.setAttribute('data-gongkai-next', '');
    return true;
  }
  return false;
}"""
"""Marks the control. One that is a link with an address needs no browser, and one that is off ends the list."""

_ROWS = """() => [...document.querySelectorAll('a')].map(
  a => [a.getAttribute('href'), a.getAttribute('onclick'), a.textContent.trim()].join(' '))"""

_FIRST = """() => {
  const body = document.body.cloneNode(true);
  const control = body.querySelector('[data-gongkai-next]');
  let pager = control;
  while (pager.parentElement !== body && pager.parentElement.textContent.trim().length < 120) {
    pager = pager.parentElement;
  }
  pager.remove();
  return body.innerHTML;
}"""
"""The first page without its pager: what stands around the control and is short."""

_FRESH = """known => {
  const key = a => [a.getAttribute('href'), a.getAttribute('onclick'), a.textContent.trim()].join(' ');
  const fresh = [...document.querySelectorAll('a')].filter(
    a => !known.includes(key(a)) && !a.closest('[data-gongkai-next]'));
  if (!fresh.some(a => a.textContent.trim().length > 4)) return null;
  let holder = fresh[0];
  while (!fresh.every(a => holder.contains(a))) holder = holder.parentElement;
  const whole = holder.closest('ul, ol, dl, table, div, body');
  return whole === document.body ? whole.innerHTML : whole.outerHTML;
}"""
"""The element that holds the rows which were not there before; nothing where there are none."""

_JOIN = """pages => {
  document.body.innerHTML = pages.join('\\n');
  document.documentElement.setAttribute('data-gongkai-turned', pages.length);
}"""


async def settle(page: Page) -> None:
    """Wait until the scripts of a page have got what they ask for."""
    try:
        await page.wait_for_load_state("networkidle", timeout=1000 * _SETTLED_SECONDS)
    except TookTooLong:
        return  # pages that poll never rest


async def turn(page: Page, pace_seconds: float) -> None:
    """Turn a drawn list to its end."""
    if not await page.evaluate(_MARK):
        return
    pages = [await page.evaluate(_FIRST)]
    known = set(await page.evaluate(_ROWS))
    first = urldefrag(page.url)[0]
    while await page.evaluate(_MARK):
        if len(pages) > MOST_TURNS:
            raise BrowserError(f"the list goes on after {MOST_TURNS} turns")
        await page.wait_for_timeout(1000 * max(pace_seconds, _DRAWN_SECONDS))
        await page.evaluate("() => document.querySelector('[data-gongkai-next]').click()")
        await page.wait_for_timeout(1000 * _DRAWN_SECONDS)
        await settle(page)
        if urldefrag(page.url)[0] != first:
            await page.goto(first)  # the control leads to another page, which is asked for by its address
            await settle(page)
            return
        shown = await page.evaluate(_FRESH, sorted(known))
        if shown is None:
            break
        pages.append(shown)
        known.update(await page.evaluate(_ROWS))
    if len(pages) > 1:
        await page.evaluate(_JOIN, pages)
