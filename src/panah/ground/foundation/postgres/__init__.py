"""Django's PostgreSQL engine, which says in every statement's transaction whose work is being done."""
