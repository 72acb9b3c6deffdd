"""The bench of the wire: two real nodes while everything goes wrong; then how fast they are, and their memory.

Both are processes with folders and databases of their own, paired by the same actions as any two. ``runner.py`` is the
run, ``fault_injection.py`` and ``mitm_proxy.py`` what is done to them, ``verdict.py`` what became of each message,
``throughput.py`` speed.
"""
