"""PostgreSQL for tests: what a test does by its own hand passes the wall, what requests and jobs do stands behind it."""
