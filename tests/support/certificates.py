"""Certificates of a server on this machine, made for one test."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

FILE = "server.pem"
"""The certificate and its key, in the folder of the test."""


def serving(folder: Path, begins: timedelta, ends: timedelta, name: str = "") -> ssl.SSLContext:
    """A server's side of TLS, whose certificate is valid from now + ``begins`` to now + ``ends``.

    It is for ``name``, or else for 127.0.0.1, and signed by itself.
    """
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a store of the tests")])
    of = x509.DNSName(name) if name else x509.IPAddress(ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(own, own, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([of]), critical=False)
        .sign(key, SHA256())
    )
    path = folder / FILE
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
