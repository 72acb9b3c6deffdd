"""Benchmarks of Panah. They stand outside src: nothing of them is part of a node."""
