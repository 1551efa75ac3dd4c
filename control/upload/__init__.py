"""A person's own spreadsheet: bytes of anybody's making in, reports, questions and bad rows out."""
