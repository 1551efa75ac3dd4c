"""Intervals of tables larger than memory: one pass here, or one expression for a database (extra `scale`)."""
