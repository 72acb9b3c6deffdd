"""Panah: the working platform of a network against trafficking in human beings."""

__version__ = "0.1.0"
