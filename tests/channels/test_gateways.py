"""Each channel speaks its real protocol with a stand-in on this machine, and none of them says what happened."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from panah.ground.channels import gateways, rules, web_push
from panah.ground.channels.words import Failure
from panah.ground.foundation.base64url import from_base64url, to_base64url
from tests.channels.gateway_messages import AUTH, THEIRS, failure, message, sms, smtp
from tests.channels.stand_ins import http_gateway, killed, mail_server


def test_a_mail_goes_after_starttls_and_login(trusted):
    with mail_server(trusted) as box:
        gateways.send(message("email", smtp(box.port), "amina@practice.example"))
    assert box.logins == ["panah"]
    assert box.said[:3] == ["EHLO", "STARTTLS", "EHLO"], "the password is said under TLS alone"
    (mail,) = box.mails
    assert "To: amina@practice.example" in mail and "Something waits for you." in mail


def test_a_mail_server_that_nobody_vouches_for_gets_no_password(trusted, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(trusted) as box:
        assert failure(message("email", smtp(box.port), "amina@practice.example")) == Failure.UNTRUSTED
    assert box.logins == []


def test_a_wrong_login_is_told_from_a_server_that_is_away(trusted):
    with mail_server(trusted) as box:
        wrong = smtp(box.port, password="wrong")
        assert failure(message("email", wrong, "amina@practice.example")) == Failure.REFUSED
    assert failure(message("email", smtp(box.port), "amina@practice.example")) == Failure.UNREACHABLE


def test_without_tls_no_mail_leaves_this_machine():
    elsewhere = smtp(25, host="mail.practice.example", tls="none", user="")
    assert failure(message("email", elsewhere, "amina@practice.example")) == Failure.REFUSED


@pytest.mark.parametrize("command", ["STARTTLS", "AUTH", "DATA"])
def test_a_mail_server_that_is_killed_in_the_middle_has_not_taken_it(trusted, command):
    with mail_server(trusted, dies_at=command) as box:
        assert failure(message("email", smtp(box.port), "amina@practice.example")) == Failure.UNREACHABLE


def test_an_sms_goes_as_json_with_its_secret_in_a_header(trusted):
    with http_gateway(202, file=trusted) as box:
        gateways.send(message("sms", sms(box.address), "+996555010203"))
    (one,) = box.asked
    assert one.path == "/send?v=1" and one.headers["Authorization"] == "Bearer s3cret"
    assert json.loads(one.body) == {
        "from": "Panah",
        "to": "+996555010203",
        "text": "Something waits for you.",
    }


def test_an_sms_goes_as_a_form_to_a_modem_on_this_machine():
    with http_gateway() as box:
        gateways.send(message("sms", sms(box.address, form="form", secret=""), "+996555010203"))
    (one,) = box.asked
    assert one.body == b"from=Panah&text=Something+waits+for+you.&to=%2B996555010203"
    assert "Authorization" not in one.headers


def test_a_redirect_is_not_followed_and_is_no_success():
    with http_gateway() as other:

        def elsewhere(handler):
            handler.send_response(307)
            handler.send_header("Location", other.address)
            handler.end_headers()

        with http_gateway(elsewhere) as box:
            assert failure(message("sms", sms(box.address), "+996555010203")) == Failure.REFUSED
        assert other.asked == []


def test_a_gateway_that_is_killed_in_the_middle_has_not_taken_it():
    with http_gateway(killed) as box:
        assert failure(message("sms", sms(box.address), "+996555010203")) == Failure.UNREACHABLE
        assert box.asked, (
            "it had the whole message, and may send it: somebody is called twice rather than never"
        )


def test_a_webhook_can_be_checked_as_standard_webhooks_says():
    key = bytes(range(24))
    secret = "whsec_" + base64.b64encode(key).decode()
    with http_gateway(204) as box:
        gateways.send(message("webhook", {"address": box.address, "secret": secret}, "+996555010203"))
    (one,) = box.asked
    head = {name.lower(): value for name, value in one.headers.items()}
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + one.body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert head["webhook-signature"] == f"v1,{expected}"
    assert json.loads(one.body) == {"type": "danger", "to": ["+996555010203"]}


# ---- Web Push ------------------------------------------------------------------------------

# RFC 8291, appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_a_push_is_sealed_as_the_example_of_rfc_8291():
    sealed = web_push.encrypt(
        TEXT, p256dh=THEIRS, auth=AUTH, own=web_push.private_key(OURS), salt=from_base64url(SALT)
    )
    assert to_base64url(sealed) == SEALED


def test_a_push_says_who_sends_it_and_a_browser_that_is_gone_is_named():
    private = web_push.new_vapid_key()
    settings = {"private": private, "subject": "mailto:duty@practice.example"}
    with http_gateway(201) as box, http_gateway(410) as gone:
        browsers = [
            {"pk": pk, "endpoint": f"{one.address}/wake/{pk}", "p256dh": THEIRS, "auth": AUTH}
            for pk, one in ((1, box), (2, gone))
        ]
        one = message("push", settings, *browsers)
        gateways.send(one)
    assert one.gone == [2]
    (asked,) = box.asked
    assert asked.headers["Content-Encoding"] == "aes128gcm" and b"waits" not in asked.body
    token, key = asked.headers["Authorization"].removeprefix("vapid t=").split(", k=")
    assert key == web_push.public_text(private)
    said, _, mark = token.rpartition(".")
    raw = from_base64url(mark)
    web_push.private_key(private).public_key().verify(
        encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])),
        said.encode(),
        ec.ECDSA(hashes.SHA256()),
    )
    claims = json.loads(from_base64url(said.split(".")[1]))
    assert claims["aud"] == box.address and claims["sub"] == "mailto:duty@practice.example"


def test_a_push_that_no_service_took_has_failed():
    settings = {"private": web_push.new_vapid_key(), "subject": "mailto:duty@practice.example"}
    with http_gateway(500) as box:
        browser = {"pk": 1, "endpoint": box.address, "p256dh": THEIRS, "auth": AUTH}
        assert failure(message("push", settings, browser)) == Failure.REFUSED


# ---- where a node may send -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://sms.example.org/send", True),
        ("http://localhost:8080/send", True),
        ("http://127.0.0.1/send", True),
        ("http://sms.example.org/send", False),
        ("http://localhost.example.org/", False),
        ("https://user:word@sms.example.org/", False),
        ("ftp://sms.example.org/", False),
        ("file:///etc/passwd", False),
        ("https:///nowhere", False),
        ("https://sms.example.org/\r\nHost: other", False),
        ("https://[broken/", False),
        ("", False),
    ],
)
def test_a_node_sends_by_https_alone_but_to_itself(address, allowed):
    assert rules.may_be_asked(address) is allowed


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://fcm.googleapis.com.example.org/x", False),
        ("https://10.0.0.1/admin", False),
        ("https://evil-push.apple.com.example/", False),
        ("http://localhost:9/x", False),
    ],
)
def test_a_browser_cannot_make_the_node_send_anywhere_but_to_a_push_service(address, allowed):
    assert rules.is_push_service(address) is allowed


def test_a_number_that_is_refused_says_nothing_about_the_gateway():
    with http_gateway(422) as box:
        assert failure(message("sms", sms(box.address), "+996555010203")) == Failure.RECIPIENT
