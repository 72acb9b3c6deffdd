"""Between the network and the pages: whole requests in, whole answers out.

A request is read to its end, within a time and a size, before anything of the node is spent on it; nothing touches a
disk. Whoever is signed in is answered here, by threads of her own; what strangers ask is answered by another process.
Why: docs/decisions/0012.
"""
