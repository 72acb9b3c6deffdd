from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.inbox.conftest import intake  # noqa
from tests.intake.test_ten_thousand import many


def test_m(world, intake):
    many(world, 10000)
    elena = world.client("elena")
    elena.get("/inbox/")
    with CaptureQueriesContext(connection) as c:
        elena.get("/inbox/")
    for q in sorted(c.captured_queries, key=lambda q: -float(q["time"]))[:8]:
        print("SQL", q["time"], q["sql"][:1200].replace("\n", " "))
    from panah.inbox import queries as q

    s = world.staff["elena"]
    with connection.cursor() as cur:
        sql, params = q.visible(to=s).filter(state="sealed").in_order()[:31].query.sql_with_params()
        cur.execute("EXPLAIN QUERY PLAN " + sql, params)
        print("PLAN", cur.fetchall())
