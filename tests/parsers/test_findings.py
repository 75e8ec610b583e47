import re
from pathlib import Path

from parsers.findings import FINDINGS

ROOT = Path(__file__).resolve().parents[2]


def used():
    text = "\n".join(p.read_text() for p in (ROOT / "parsers").rglob("*.py"))
    return set(re.findall(r"""Finding\(\s*["']([a-z_]+)["']""", text))


def test_every_code_that_is_used_is_in_the_table():
    assert used() <= FINDINGS.keys()


def test_every_code_in_the_table_is_used_and_explained():
    assert FINDINGS.keys() <= used()
    assert all(len(meaning) > 20 for meaning in FINDINGS.values())


def test_no_finding_is_made_without_a_literal_code():
    text = "\n".join(p.read_text() for p in (ROOT / "parsers").rglob("*.py"))
    assert not re.findall(r"""(?<!class )\bFinding\(\s*(?!["'])[a-z]""", text)
