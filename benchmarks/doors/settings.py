"""The settings of a node, with one address more: the floor of a report, a bare page that inserts one row."""

from panah.config.settings import *  # noqa: F403, TID251  a served node of the bench

ROOT_URLCONF = "benchmarks.doors.bare"
