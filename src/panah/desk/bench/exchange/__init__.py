"""The bench of the wire: two real nodes while everything goes wrong; then how fast they are, and their memory.

Both are processes with folders and databases of their own, paired by the same actions as any two. ``course.py`` is the
run, ``storm.py`` and ``middle.py`` what is done to them, ``verdict.py`` what became of each message, ``pace.py`` speed.
"""
