"""Units and the days their reports are due."""
