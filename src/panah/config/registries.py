"""Composition only: what lower rooms offer to be filled, filled here."""


def fill() -> None:
    """Tell lower rooms what must happen above them."""
