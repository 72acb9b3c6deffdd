"""Two workers of one node that look at the same hour: everybody is told once."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections, transaction

from panah.ground.channels import actions as channels
from panah.ground.work import actions
from tests.conftest import LINE_NORTH


class Together:
    """Waits, before the first row is written, until the other worker has read what is due as well.

    SQLite lets one write transaction begin at a time: there the second worker reads after the first has finished.
    """

    def __init__(self, workers: int) -> None:
        self.line = threading.Barrier(workers if connection.vendor == "postgresql" else 1)
        self.met = threading.local()

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("UPDATE") and not hasattr(self.met, "others"):
            self.met.others = self.line.wait(timeout=20)
        return execute(sql, params, many, context)


def both(send, *, at):
    """Let two workers send at the same moment; returns to how many people each sent something."""
    together, told = Together(2), []

    def work():
        try:
            with connection.execute_wrapper(together), transaction.atomic():
                told.append(send(at=at))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(timeout=60)
    return sorted(told)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_amina_and_bakyt_get_one_reminder_each_from_two_workers(world):
    for name in ("amina", "bakyt"):
        world.staff[name].email = f"{name}@practice.example"
        world.staff[name].save()
    whose = [{"owner": world.staff["amina"]}, {"owner": world.staff["bakyt"]}, {"line": LINE_NORTH}]
    for given in (*whose, *whose):
        actions.add_item(
            keys=None, society=world.societies["north"].pk, kind="call", room="cases", subject=LINE_NORTH,
            due_at=world.at - timedelta(minutes=5), at=world.at, **given,
        )  # fmt: skip
    mail.outbox.clear()
    nobody, everybody = both(actions.remind, at=world.at)
    channels.deliver_due(at=world.at)
    # Nobody is on duty for the line's calls, so it is said to the focal points: Bakyt hears of both in one.
    assert sorted(to for one in mail.outbox for to in one.to) == [
        "amina@practice.example",
        "bakyt@practice.example",
    ]
    assert nobody == 0
    assert everybody >= 2


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_amina_gets_one_e_mail_of_the_week_from_two_workers(world):
    world.staff["amina"].email = "amina@practice.example"
    world.staff["amina"].save()
    actions.add_item(
        keys=None, society=world.societies["north"].pk, kind="call", room="cases", subject=LINE_NORTH,
        due_at=world.at - timedelta(days=9), at=world.at, owner=world.staff["amina"],
    )  # fmt: skip
    assert actions.send_week_mail(at=world.at - timedelta(days=7)) == 1
    channels.deliver_due(at=world.at - timedelta(days=7))
    mail.outbox.clear()
    assert both(actions.send_week_mail, at=world.at) == [0, 1]
    channels.deliver_due(at=world.at)
    assert [one.to for one in mail.outbox] == [["amina@practice.example"]]
