"""What a code app shows at this moment."""

from panah.ground.sign_in import second_factor


def now_code(secret):
    counters = list(second_factor.totp.yield_hotp_counters_from_time())
    return second_factor._code(secret, counters[1])
