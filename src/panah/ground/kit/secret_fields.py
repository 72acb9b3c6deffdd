"""Fields that no page carries along or gives back: what is typed there is typed anew."""

PASSPHRASE = "vault-passphrase"  # noqa: S105  the name of a field
# Whoever has the host's key would read them there.
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", PASSPHRASE, "passphrase", "share"})
# And what else the pages of keys ask for: the new six words typed back, words of a share, a printed code.
NEVER_KEPT_AT_THE_DOORS = NEVER_KEPT | {"words", "code", "first", "second"}
