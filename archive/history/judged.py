"""Which portals are derived anew when judgements are made, changed or taken back."""

from __future__ import annotations

import json

from archive.database import Database
from archive.history.judgements import ENTRY, entry_key
from archive.inputs import JudgementInput

_KEY = "judged"


def portals(database: Database, lines: list[JudgementInput]) -> set[str] | None:
    """The portals that judgements touch which are not those that `keep` has kept, `None` where it may be any: what is
    judged is in no list, or its unit is not known."""
    row = database.execute("SELECT value FROM meta WHERE key = ?", [_KEY]).fetchone()
    if row is None:
        return None
    before = {line.model_dump_json(): line for line in map(JudgementInput.model_validate, json.loads(row[0]))}
    now = {line.model_dump_json(): line for line in lines}
    found: set[str] = set()
    for said in before.keys() ^ now.keys():
        line = now.get(said) or before[said]
        if line.kind == "cell":  # stands beside what was read, and nothing follows from it
            continue
        of_entry = line.kind in ENTRY
        query, target = (_OF_ENTRY, entry_key(line.target)) if of_entry else (_OF_UNIT, line.duty[0])
        touched = {row[0] for row in database.execute(query, {"target": target}) if row[0]}
        if not touched:
            return None
        found |= touched
    return found


def keep(database: Database, lines: list[JudgementInput]) -> None:
    """Keep the judgements that the derived tables follow from."""
    said = json.dumps([line.model_dump(mode="json") for line in lines], ensure_ascii=False)
    database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [_KEY, said])


_OF_ENTRY = """SELECT portals.portal FROM addresses JOIN watched ON watched.address = addresses.id
    JOIN portals ON portals.id = watched.portal WHERE addresses.key = :target
    UNION SELECT walks.portal FROM addresses JOIN urls ON urls.address = addresses.id
    JOIN entries ON entries.url = urls.id JOIN page_entries ON page_entries.entry = entries.id
    JOIN records ON records.page = page_entries.page JOIN walk_lists ON walk_lists.capture = records.record
    JOIN walks ON walks.id = walk_lists.walk WHERE addresses.key = :target"""
_OF_UNIT = "SELECT portal FROM units WHERE code = :target"
