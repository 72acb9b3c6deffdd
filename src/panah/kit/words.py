"""Words of the kit and the catalogues of every room. (Compiling comes with the words command.)"""


def compile_all() -> None:
    """Compile catalogues that are newer than their compiled form."""
