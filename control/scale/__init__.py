"""Intervals of tables larger than memory, by one pass over them or by a database (extra `scale`)."""
