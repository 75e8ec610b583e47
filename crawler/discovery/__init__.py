"""From a place's home page to the record of its portal: the search, the proposal that follows from it, the accept."""
