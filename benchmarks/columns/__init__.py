"""A walk over the columns that decide: every column that a journey reads is changed, and the journey is played again."""
