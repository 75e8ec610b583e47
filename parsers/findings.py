"""Every finding code and what it means to the reader of a report."""

from __future__ import annotations

FINDINGS = {
    "blank_form": "the empty official form: every cell of it is blank and nothing else is said",
    "cell_repeated": "a cell stands twice with different contents; the value is null, the note holds both",
    "cell_unclear": "what stands in the cell is no number; the value is null, the note holds the text",
    "cells_missing": "the row ends before these columns; they have no key",
    "columns_unclear": "the cells of the row do not tell under which columns they stand, or stand under another year;"
    " the values are null",
    "corrected": "the text says of itself that it was corrected (更正说明, 现更正如下); a note",
    "count_odd": "a count is negative or no whole number; kept as published",
    "cut_off": "the document ends in the middle of this row: its last number may be cut, and cells of it lost",
    "extra_cells": "the row holds more cells than the table has columns; values were taken only where none of them"
    " could be another",
    "file_damaged": "the file is damaged, and what an office program could make of it may lack parts",
    "form_unknown": "rows of the form stand in the text, but nothing tells which version of the form it is",
    "headers_missing": "headers of the form are lost or not those of the form; cells were placed by their number",
    "identity_broken": "a sum that the form demands does not hold; kept as published",
    "issuer_disagreement": "two titles on the page name different issuers",
    "label_guessed": "a row label was only similar to one of the form",
    "member_unread": "a file of the archive could not be read; what stands in it is not known",
    "mixed_forms": "a row follows another version of the form than the report",
    "no_tables": "no statutory table stands in the text; they may be pictures or an attachment",
    "pages_unread": "pages of the document are pictures that were not read; what stands on them is not known",
    "part_of_year": "the period sentence covers a part of a year only, as of a half-year report; it tells no year",
    "pictures_unread": "a statutory table is not in the text of the page, and pictures in it may show it; what stands"
    " on them is not known from the page itself",
    "prose_differs": "the text states another number than the table; a note, as the two may differ in what they"
    " cover",
    "renditions_differ": "two files of an archive are one report and show other figures; each is kept as it stands",
    "row_ragged": "a row is longer or shorter than its header or the rows like it; a cell may be lost",
    "row_without_cells": "a row label stands without any cell; what was in the row is lost",
    "rows_missing": "rows of the form are not in the text; they have no key",
    "scope_doubtful": "a township's report says that it covers a whole county; it was taken for its own",
    "stated_differently": "the text states two numbers for one thing; the stated value is null",
    "stated_roughly": "the text states a number only roughly (100余条, 近1万条); the stated value is null",
    "stray_cell": "a value stands before the label of a row, or alone under it, and belongs to no column",
    "table_missing": "a statutory table is not in the text, or not as a table; it may be a picture, or the text may be"
    " cut off",
    "unit_differs": "a count of the annex stands beside a unit of money; the number is as printed",
    "unit_unknown": "an amount stands without a unit (元 or 万元); the number is as printed",
    "unknown_row": "a row with values that the form does not have, or whose label is lost",
    "year_disagreement": "title and period sentence, or two titles, say different years",
    "year_inferred": "neither title nor period sentence says the year; it is the year the text speaks of most",
}
"""Codes of `findings` in `gongkai parse --json`."""
