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
    "負负過过錯错聞闻閱阅隱隐駁驳佈布誌志證证責责級级匯汇彙汇檔档億亿"
    "綜综諮咨響响優优識识觀观積积極极嚴严領领礎础擴扩電电話话郵邮鏈链載载館馆屆届習习層层創创達达欄栏選选擇择樣样較较還还遞递適适隊队隨随難难靈灵風风飛飞驗验齡龄練练終终紙纸純纯絕绝績绩羅罗聽听聲声肅肃脅胁臨临舊旧"
    "藝艺虛虚裝装見见視视覺觉覽览評评詞词試试該该詳详語语誤误說说諸诸課课論论譯译變变讓让豐丰貨货貫贯貿贸賠赔賽赛贊赞趨趋踐践輔辅輕轻輪轮輯辑轄辖遠远遷迁遺遗邊边釋释鋪铺錢钱鎖锁鐘钟鐵铁鑒鉴閉闭陸陆階阶雖虽雙双離离"
    "靜静順顺須须預预頒颁頭头頻频顯显願愿飲饮驅驱魚鱼麗丽師师帶带幣币庫库廠厂態态慶庆慮虑憑凭戰战戶户揮挥損损換换擔担擬拟擾扰攜携敗败斷断暢畅暫暂樓楼樞枢歡欢歸归殘残氣气淨净測测滿满滅灭潔洁獎奖獨独畫画異异療疗盡尽"
    "盤盘礦矿禮礼種种競竞筆笔節节築筑簡简籌筹糧粮紀纪約约細细綱纲緊紧緩缓縮缩縱纵脈脉臺台葉叶蘭兰虧亏裡里訂订討讨診诊註注誠诚貢贡賬账贈赠軌轨軟软連连違违遲迟針针鈔钞銀银鍵键閒闲雜杂顧顾餘余頁页兩两訊讯圓圆塵尘"
    "塗涂墾垦壩坝奪夺嶼屿幫帮廈厦廬庐懷怀掃扫撥拨擊击歲岁殼壳漁渔瀋沈瀏浏潁颍濰潍瀘泸牆墙狀状猶犹瑪玛瓏珑碩硕穀谷窮穷竊窃粵粤綿绵緒绪縫缝罷罢聖圣脫脱膠胶薦荐蕪芜薊蓟虜虏螞蚂蠶蚕衆众裏里貧贫賀贺賢贤賴赖贖赎躍跃輝辉"
    "遙遥鄧邓鄭郑鄖郧鄰邻醫医釀酿銅铜鋒锋錦锦鎢钨鐸铎閘闸閣阁隴陇韓韩頓顿顆颗飄飘駐驻騰腾驛驿鬥斗鬱郁鰲鳌鵬鹏鷹鹰麥麦鹽盐齒齿龜龟涇泾滎荥蒼苍蓮莲蕭萧薩萨棗枣楓枫榮荣槍枪氾泛洩泄灤滦澤泽"
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


def without_glosses(text: str) -> str:
    """The text without the pinyin that mirror sites put behind characters."""
    return _GLOSS.sub("", text)


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """One width (NFKC), without white space and without the pinyin glosses of mirror sites."""
    return without_glosses(_INVISIBLE.sub("", "".join(narrow(text).split())))


@lru_cache(maxsize=64)
def simplify(text: str) -> str:
    """Simplified characters, one for one, so that a place in the result is the same place in the text; converters to
    Big5 also put 資訊 for 信息, which is no longer and no shorter."""
    text = text.translate(_SIMPLIFIED) if _TRADITIONAL.search(text) else text
    return text.replace("资讯", "信息")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What labels, headings and titles are compared by."""
    return simplify(squeeze(text))


@lru_cache(maxsize=4096)
def strip(text: str) -> str:
    """NFKC without outer white space and invisible characters: the text by which a note is judged."""
    return _INVISIBLE.sub("", narrow(text)).strip()
