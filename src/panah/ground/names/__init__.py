"""Cross-script comparison of person names: a pure library, see README.md."""
