"""Which theatres there are, the one on show, and what is wrong with its data."""
