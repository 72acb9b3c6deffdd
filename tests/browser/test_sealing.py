"""What the browser seals, the vault opens: both suites, the same context, the same padding."""

import base64

import pytest

from panah.ground.vault.seals import DoesNotOpen, Private, context, unpad

SEAL = """async ([module, key, plain, info]) => {
  const { bytesOf, pad, seal, textOf } = await import(module);
  return textOf(await seal(bytesOf(key), pad(new TextEncoder().encode(plain)), bytesOf(info)));
}"""


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize("suite", [1, 2])
def test_the_vault_opens_what_aminas_browser_sealed(visit, suite):
    holder = Private.new()
    public = holder.public if suite == 2 else holder.public_x25519
    info = context("draft", "call", 7)
    page = visit("amina", "/kit/keys")
    sealed = page.evaluate(SEAL, ["/static/panah/js/seal.js", text(public), "дверь заперта", text(info)])
    blob = base64.urlsafe_b64decode(sealed + "==")
    assert blob[0] == suite
    assert unpad(holder.open(blob, "draft", "call", 7)).decode() == "дверь заперта"
    with pytest.raises(DoesNotOpen):
        holder.open(blob, "draft", "call", 8)
