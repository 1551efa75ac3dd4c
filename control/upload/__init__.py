"""A person's own spreadsheet: it becomes reports, questions where it is unclear, and a list of the rows that are wrong."""
