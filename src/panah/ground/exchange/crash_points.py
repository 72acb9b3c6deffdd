"""The places in delivering and taking in where tests cut the power (see ``panah.ground.vault.crash_points``)."""

SENDING = ("send: body kept",)
DELIVERY = (
    "deliver: leased",
    "deliver: answered",
    "deliver: receipt holds",
    "deliver: settled",
    "deliver: bodies dropped",
)
RECEIVING = ("receive: checked", "receive: kept, not committed", "receive: committed, not answered")
