"""What arrives here is made as in the tests of the inbox."""

from tests.inbox.conftest import arrives, intake  # noqa: F401  fixtures
