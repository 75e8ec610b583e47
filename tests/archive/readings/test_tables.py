"""Readings come back from the tables as they were read."""

from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import numbers
from archive.cells import ROW_IDS
from archive.database import open_file
from archive.readings import tables
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from parsers.forms import FORMS
from parsers.parse import parse

TOKENS = st.sampled_from([None, "/", "—", "无", "12（其中3件）"])


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with closing(open_file(tmp_path_factory.mktemp("db") / "archive.db")) as opened:
        yield opened


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), form=st.sampled_from(["2019", "2021"]), token=TOKENS)
def test_a_reading_is_stored_and_loaded_without_loss(database, seed, form, token):
    year = 2020 if form == "2019" else 2023
    report = make_report("白鹭镇人民政府", year, form, seed=seed).with_cell(
        "requests.granted.business", token
    )
    reading = parse(as_page(report).encode())
    (read,) = reading.reports
    with database:
        (body,) = numbers.bodies(database, [f"{seed}{form}{token}"]).values()
        tables.store(database, 1, {body: tables.as_parts(reading)})
        number = database.execute("SELECT max(id) FROM readings").fetchone()[0]
        back = tables.load(database, number)
        database.rollback()
    assert back.as_json({}) == read.as_json({})
    assert back.content() == read.content()
    assert back.witnesses == read.witnesses


def test_every_row_of_every_form_has_a_number():
    rows = {
        (t, r.code) for form in FORMS.values() for t in ("proactive", "requests") for r in getattr(form, t)
    }
    assert rows <= ROW_IDS.keys()
    assert len(set(ROW_IDS.values())) == len(ROW_IDS)
