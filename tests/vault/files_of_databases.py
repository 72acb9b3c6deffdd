"""The files of databases, read as they lie on the disk."""

import subprocess

from panah.ground.vault.backup import client


def files_of(node):
    """Everything that lies on the disk of the node; on PostgreSQL a dump of its database too."""
    address = node.more.get("PANAH_DATABASE_OWNER_URL")
    if address:
        dump = client("pg_dump")
        assert dump, "pg_dump is needed to look into a PostgreSQL database"
        subprocess.run([dump, "--file", str(node.home / "dump.sql"), address], check=True)
    return [node.home]
