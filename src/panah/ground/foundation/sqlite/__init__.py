"""Django's SQLite engine, which keeps connections as long as their file stands where it stood."""
