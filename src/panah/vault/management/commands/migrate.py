"""Bring the databases to the tables that this version needs: Django's command, quicker for the shred stores.

A shred store holds one table. Django works out the whole project at each step of a hundred to learn that the step
changes nothing there, three quarters of the time that a new node took. Here such a step is only written down.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import router
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from panah.vault.models import ShredRouter


class Executor(MigrationExecutor):
    """Writes down, without carrying it out, what changes nothing in a shred store."""

    def _migrate_all_forwards(
        self, state: ProjectState, plan: Any, full_plan: Any, fake: bool, fake_initial: bool
    ) -> ProjectState:
        if self.connection.alias not in ShredRouter.aliases:
            return super()._migrate_all_forwards(state, plan, full_plan, fake, fake_initial)  # type: ignore[misc]  # Django has it, its stubs do not
        waiting = {migration for migration, _backwards in plan}
        changing = {
            one for one in waiting if any(self._changes(operation, one) for operation in one.operations)
        }
        for migration, _backwards in full_plan:
            if migration in changing:
                state = self.apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
                # Models worked out would all be worked out anew at the next step.
                vars(state).pop("apps", None)
            elif migration in waiting:
                migration.mutate_state(state, preserve=False)
                self.record_migration(migration.app_label, migration.name)
        return state

    def _changes(self, operation: Operation, migration: Migration) -> bool:
        if isinstance(operation, SeparateDatabaseAndState):
            return any(self._changes(one, migration) for one in operation.database_operations)
        named = (getattr(operation, how, None) for how in ("model_name", "old_name", "name"))
        model = next((name.lower() for name in named if name), None)
        about = {"model_name": model} | getattr(operation, "hints", {})
        return router.allow_migrate(self.connection.alias, migration.app_label, **about)


class Command(migrate.Command):
    """Django's, with the executor above."""

    def handle(self, *args: object, **options: object) -> None:
        migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # it takes the name from there
        super().handle(*args, **options)
