import zipfile
from io import BytesIO

import pytest

from crawler.demo.ofd import as_ofd
from crawler.demo.reports import make_report
from parsers.parse import parse
from parsers.readers import Unreadable, ofd
from parsers.readers.ofd_text import MOST_STEPS, steps

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
AREA = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"


def text(words, x=20, y=20, more="", step=None):
    deltas = f' DeltaX="{step}"' if step else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 60 5" Font="1" Size="4" {more}>'
        f'<ofd:TextCode X="0" Y="3.4"{deltas}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def package(objects="", template="", members=None, location="Doc_0/Document.xml", document=None):
    page = f'<ofd:Page {SPACE}>{AREA}<ofd:Template TemplateID="3"/><ofd:Content><ofd:Layer ID="2">{objects}'
    files = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": document
        or f'<ofd:Document {SPACE}><ofd:CommonData><ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0.xml"/>'
        '</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0.xml": f"{page}</ofd:Layer></ofd:Content></ofd:Page>",
        "Doc_0/Tpls/Tpl_0.xml": f'<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID="1">{template}'
        "</ofd:Layer></ofd:Content></ofd:Page>",
        **(members or {}),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def lines(data):
    return [block.text for block in ofd.read(data).blocks()]


def refusal(data):
    with pytest.raises(Unreadable) as error:
        ofd.read(data)
    assert error.value.format == "ofd"
    return error.value.sentence


def test_text_of_page_template_and_groups():
    group = f"<ofd:PageBlock ID='7'>{text('组内', y=60)}</ofd:PageBlock>"
    assert lines(package(text("页面", y=40) + group, text("模板"))) == ["模板", "页面", "组内"]


def test_what_is_not_drawn_is_not_read():
    hidden = [
        text("甲", more='Visible="false"'),
        text("乙", y=40, more='Fill="false"'),
        text("丙", y=60, more='Alpha="0"'),
    ]
    assert lines(package("".join(hidden) + text("丁", y=80))) == ["丁"]


def test_slanting_text_is_a_watermark():
    slant = text("内部资料", x=60, y=60, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    assert lines(package(text("正文") + slant)) == ["正文"]


def test_a_page_on_its_side():
    turned = text("第一行", x=100, y=20, more='CTM="0 1 -1 0 0 0"') + text(
        "第二行", x=70, y=20, more='CTM="0 1 -1 0 0 0"'
    )
    assert lines(package(turned)) == ["第一行", "第二行"]


def test_a_gap_between_letters_parts_words_and_numbers():
    assert lines(package(text("12", step="2") + text("12", y=40, step="6"))) == ["12", "1 2"]


def test_a_drawing_by_reference():
    resources = {
        "Doc_0/Res.xml": f"<ofd:Res {SPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='5'>"
        f"<ofd:Content>{text('图中字')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
        '</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0.xml"/></ofd:Pages></ofd:Document>',
    }
    use = '<ofd:CompositeObject ID="6" ResourceID="5" Boundary="0 0 210 297"/>'
    assert lines(package(use, members=resources)) == ["图中字"]


def test_other_namespaces_and_absolute_locations():
    data = package(text("正文"), location="/Doc_0/Document.xml")
    assert lines(data) == ["正文"]
    plain = {"OFD.xml": '<OFD xmlns="urn:x"><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>'}
    assert lines(package(text("正文"), members=plain)) == ["正文"]


def test_a_page_of_pictures_is_a_scan():
    sentence = refusal(package('<ofd:ImageObject ID="4" ResourceID="8" Boundary="0 0 210 297"/>'))
    assert "scan" in sentence
    assert "OCR" in sentence


def test_private_characters_are_not_guessed():
    assert "do not say which characters" in refusal(package(text("\ue001\ue002")))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 OFD.xml broken", "damaged"),
        (as_ofd(make_report("白鹭镇人民政府", 2022, seed=1))[:3000], "damaged"),
        (package(location="Doc_9/Document.xml"), "Doc_9/Document.xml is not in it"),
        (package(document=f"<ofd:Document {SPACE}/>"), "no page can be found"),
        (package(members={"OFD.xml": f"<ofd:OFD {SPACE}/>"}), "no page can be found"),
        (package(members={"OFD.xml": "<ofd:OFD"}), "no well-formed XML"),
        (
            package(text("正文"), members={"Doc_0/Pages/Page_0.xml": "<a>" + " " * (60 << 20) + "</a>"}),
            "unpacks",
        ),
        (package(members={"OFD.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "document type"),
    ],
)
def test_damaged_and_hostile_files_get_one_sentence(data, says):
    assert says in refusal(data)
    assert parse(data).outcome == "unreadable"


def test_steps():
    assert steps("1 g 3 2.5 4") == [1, 2.5, 2.5, 2.5, 4]
    assert steps(None) == []
    assert steps("1 x 2") == [1]
    assert len(steps(f"g {MOST_STEPS * 9} 1")) == 0
