"""A fictional county: generated reports, a portal that serves them over HTTP, and the demo told with both."""
