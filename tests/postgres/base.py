"""The node's engine, with the roles of a node taken in turn over one connection, so that a test can roll back.

A test makes rows for both societies as the owner, who may pass the wall. As soon as anything is said about whose
work is being done (a request begins with nobody's, a job with its society's), each statement is carried out by the
role that serves pages on a real node: it owns nothing, and row-level security holds for it.
"""

from django.conf import settings

from panah.ground.foundation import tenancy
from panah.ground.foundation.postgres import base

assert settings.PANAH_DATABASE_ROLE, "Run the tests on PostgreSQL by: ./panah test --postgres"


class Cursor(base.Cursor):
    def preface(self) -> list[str]:
        before = super().preface()
        role = "none" if tenancy.current_tenant() is None else f'"{settings.PANAH_DATABASE_ROLE}"'
        return [*before, f"SET LOCAL ROLE {role}"] if before else []


class DatabaseWrapper(base.DatabaseWrapper):
    cursor_class = Cursor
