"""What leaves the archive: panels, citations, packages of data and of evidence."""
