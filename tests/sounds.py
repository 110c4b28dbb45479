"""Sound that tests make."""

from rehearse.recording import RATE_HZ, SAMPLE_BYTES


def silence(duration_s):
    return bytes(SAMPLE_BYTES * int(duration_s * RATE_HZ))
