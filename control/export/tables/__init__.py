"""Tables: intervals, changes, statistics."""
