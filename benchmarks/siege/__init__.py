"""The siege: a served node whose open doors are beset by slow, fast and huge requests, while a colleague works.

``attackers.py`` is who besets, a process of its own; ``runner.py`` serves a node, measures a colleague's pages alone
and under siege, door by door, and says what died and how much memory it took. Loopback only; it stops by itself.
"""
