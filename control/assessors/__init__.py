"""Several assessors of one theatre compared: how far they agree, who is later, and where they differ."""
