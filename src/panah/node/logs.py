"""Logging that cannot give away a person: where and what kind, never what was typed."""

import logging
import sys
import traceback


class RedactingHandler(logging.Handler):
    """Writes time, level, logger, and for an exception its class and lines of our own code.

    Messages, arguments, addresses and exception texts may hold names, so none of them is written.
    """

    def emit(self, record: logging.LogRecord) -> None:
        where = ""
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            ours = [
                f"{f.filename.rsplit('panah/', 1)[-1]}:{f.lineno}" for f in frames if "/panah/" in f.filename
            ]
            where = f" {record.exc_info[0].__name__} at {' < '.join(reversed(ours[-4:]))}"
        stamp = logging.Formatter().formatTime(record)
        sys.stderr.write(f"{stamp} {record.levelname} {record.name}{where}\n")
