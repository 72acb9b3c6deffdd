"""The comparison of names against other methods: invented people with many spellings, labelled pairs, one table."""
