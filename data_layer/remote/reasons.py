"""Why a request failed, told from what the client of object storage says about it."""

from __future__ import annotations

import re

from data_layer.errors import RemoteError, RemoteRefused, RemoteUnreachable

CLOCKS = "its clock and that of this machine differ: set this machine's date and time"
REASONS = (
    ("dns error", "its name cannot be resolved; this machine may be offline"),
    ("notvalidyet", "its certificate is not valid yet; this machine's clock may be behind"),
    ("expired", "its certificate has expired, or this machine's clock is ahead"),
    ("unknownissuer", "its certificate is signed by nobody whom this machine trusts"),
    ("notvalidforname", "its certificate is for another name than the address has"),
    ("certificate", "its certificate is not accepted"),
    ("invalidcontenttype", "it does not speak https; its address may begin with http://"),
    ("connection refused", "nothing listens there"),
    ("network is unreachable", "this machine is offline"),
    ("timed out", "it did not answer in time"),
    ("timeout", "it did not answer in time"),
    ("non-partial", "it sent another range than was asked for"),
    ("body error", "it broke off in the middle of an answer"),
    ("connection reset", "it broke the connection"),
    ("incompletemessage", "it broke the connection"),
)
"""What the client says, in lower case, and what that means; the first that is found counts."""


def told(bucket: str, key: str, text: str) -> RemoteError:
    """The error for a request of ``key`` that failed, of which the client says ``text``."""
    if "RequestTimeTooSkewed" in text:
        return RemoteUnreachable(bucket, CLOCKS)
    status = re.search(r"status code: (\d{3})", text)
    if status and status[1] in {"401", "403"}:
        return RemoteRefused(bucket, key)
    if status:
        return RemoteUnreachable(bucket, f"it answers {status[1]} to a request for {key}")
    lower = text.lower().replace("retry_timeout", "")  # a setting, which every text names
    known = next((words for sign, words in REASONS if sign in lower), None)
    first = text.partition("\n")[0]
    return RemoteUnreachable(bucket, known or first.rpartition(" - ")[2].strip())  # without its URL
