"""Releases that keep people safe: a pure library, see README.md."""
