"""Who held which place, on which date, according to whom: from sourced reports to the map."""

__version__ = "0.1.0"
