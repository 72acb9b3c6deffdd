"""Reading and checking tables: plain Python, no Django; what is wrong is said by a code, never by a value."""
