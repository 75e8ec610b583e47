"""Text as the field's words need it: one width, no spaces, no pinyin glosses, simplified characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PAIRS = (
    "開开報报鎮镇鄉乡縣县務务辦办廳厅國国統统計计數数據据從从總总體体況况處处請请復复複复議议訴诉訟讼問问"
    "題题進进項项規规範范製制發发廢废現现強强許许費费額额單单萬万採采購购結结轉转續续區区屬属於于穩稳護护"
    "權权類类內内執执詢询無无關关沒没補补訪访舉举認认獲获時时間间來来構构錄录網网門门財财產产業业設设衛卫"
    "環环農农資资審审監监學学記记稅税徵征質质檢检運运輸输藥药應应險险災灾軍军團团號号條条廣广東东華华義义"
    "龍龙陽阳陰阴興兴劉刘張张楊杨馬马灣湾橋桥樂乐壽寿漢汉寧宁貴贵濟济濱滨齊齐魯鲁蘇苏滬沪雲云瓊琼贛赣閩闽"
    "遼辽藍蓝綠绿紅红黃黄廟庙嶺岭崗岗鳳凤鶴鹤島岛倉仓場场營营塊块實实際际聯联係系圖图書书長长編编寫写與与"
    "為为導导衝冲協协調调準准備备確确點点歷历個个這这們们當当員员會会黨党機机術术標标價价給给將将讀读維维"
    "糾纠決决罰罚專专眾众傳传減减動动參参後后圍围對对徑径熱热稱称納纳線线組组織织經经絡络繼继繳缴職职輿舆訓训談谈"
    "負负過过錯错聞闻閱阅隱隐駁驳佈布誌志證证責责級级複复匯汇彙汇檔档"
)
_TRADITIONAL = re.compile(f"[{_PAIRS[::2]}]")
_SIMPLIFIED = {ord(a): b for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
PAGE_MARK = re.compile(
    r"\s*(?:[-—–―]+\s*\d{1,3}\s*[-—–―]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)\s*"
)
"""What stands at the foot of a page, alone on its line."""

HAN = r"[^\W\da-zA-Z_]"
"""A letter that is none of ours: a Chinese character, hardly ever another. A class of thirty thousand characters takes
Python a millisecond to compile, and the patterns of one start would hold twenty."""

_GLOSS = re.compile(rf"\((?<={HAN}\()[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêɡ]{{1,6}}\)")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")

_USUAL = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）！？％～…\u3000\xa0")
"""What Chinese prose is full of. Without it most text is in NFKC, which takes a tenth of making it so to see."""


def narrow(text: str) -> str:
    """One width: NFKC."""
    for wide, plain in _USUAL:
        text = text.replace(wide, plain)
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """One width (NFKC), without white space and without the pinyin glosses of mirror sites."""
    return _GLOSS.sub("", _INVISIBLE.sub("", "".join(narrow(text).split())))


def simplify(text: str) -> str:
    """Simplified characters, one for one, so that a place in the result is the same place in the text."""
    return text.translate(_SIMPLIFIED) if _TRADITIONAL.search(text) else text


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What labels, headings and titles are compared by."""
    return simplify(squeeze(text))


@lru_cache(maxsize=4096)
def strip(text: str) -> str:
    """NFKC without outer white space and invisible characters: the text by which a note is judged."""
    return _INVISIBLE.sub("", narrow(text)).strip()
