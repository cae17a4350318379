"""The annotated copy for the agency."""
