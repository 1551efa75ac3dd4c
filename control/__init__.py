"""WHO, WHEN, ACCORDING TO WHOM: from sourced reports to who held which place on which date."""

__version__ = "0.1.0"
