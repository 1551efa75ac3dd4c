"""Several assessors of one theatre side by side: how far they agree, who is later, and where they differ."""
