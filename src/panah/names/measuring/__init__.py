"""The measuring kit: people with many spellings, pairs of them, other methods, one table."""
