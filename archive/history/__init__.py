"""Evidence and readings → reports, lines, events, the ledger, as of an instant."""
