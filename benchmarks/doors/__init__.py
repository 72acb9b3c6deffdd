"""The public door: how heavy, how soon usable, reports at once, and whether time tells a wrong number."""
