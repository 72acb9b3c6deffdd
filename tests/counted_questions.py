"""How often a door asks the databases."""

from django.db import connections


def questions(do):
    """Do something; return how many questions it asked of the main database and the shred store, and its answer."""
    asked = []

    def count(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connections["default"].execute_wrapper(count), connections["shred"].execute_wrapper(count):
        answer = do()
    return len(asked), answer
