"""Signed, encrypted, packed and oversized mail. No database."""

import base64
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from inbound.letters import parse
from inbound.parts import A_MAIL, LARGEST_ATTACHMENT, SEALED, TOO_LARGE, WINMAIL
from inbound.sealed import signed_content

INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nTwo feet, signed.\r\n"


@pytest.fixture(scope="module")
def signed():
    """INNER inside an opaque signature, as Outlook sends it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ben")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(INNER)
        .add_signer(certificate, key, hashes.SHA256())
        .sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    )


def smime(data):
    return (
        b"From: ben@example.org\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: application/pkcs7-mime; smime-type=signed-data"
        b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)
    )


def test_text_inside_an_smime_signature_is_read(signed):
    letter = parse(smime(signed))

    assert (letter.text, letter.left_out) == ("Two feet, signed.", ())


def test_pieces_of_indefinite_length_are_read_too():
    """As programs write that do not know the length when they begin (BER)."""
    pieces = b"\x24\x80" + b"".join(
        bytes([4, len(each)]) + each for each in (b"Two ", b"feet.")
    )
    content = b"\xa0\x80" + pieces + b"\0\0" + b"\0\0"
    data_id = bytes.fromhex("06092a864886f70d010701")
    encapsulated = b"\x30\x80" + data_id + content + b"\0\0"
    signed_data = b"\x30\x80" + b"\x02\x01\x01" + b"\x31\x00" + encapsulated + b"\0\0"
    whole = (
        b"\x30\x80" + bytes.fromhex("06092a864886f70d010702")
        + b"\xa0\x80" + signed_data + b"\0\0" + b"\0\0"
    )  # fmt: skip

    assert signed_content(whole) == b"Two feet."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x80" * 5000,
        b"\x30\x84\xff\xff\xff\xff",
        bytes.fromhex("300b06092a864886f70d010703"),  # enveloped: encrypted
        bytes.fromhex("300b06092a864886f70d010702"),
    ],
)
def test_what_is_no_signature_stays_closed(data):
    letter = parse(smime(data))

    assert letter.is_sealed
    assert letter.left_out == (("", SEALED),)


@pytest.mark.parametrize(
    "body",
    [
        "-----BEGIN PGP MESSAGE-----\n\nabcd\n-----END PGP MESSAGE-----\n",
        None,
    ],
)
def test_encrypted_mail_is_known_for_it(body):
    mail = EmailMessage()
    mail["From"] = "ben@example.org"
    if body:
        mail.set_content(body)
        raw = mail.as_bytes()
    else:
        raw = (
            b"From: ben@example.org\r\nContent-Type: multipart/encrypted; boundary=e"
            b"\r\n\r\n--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
            b"\r\n--e--\r\n"
        )

    assert parse(raw).is_sealed


def test_what_cannot_be_taken_is_named():
    mail = EmailMessage()
    mail["From"] = "ben@example.org"
    mail.set_content("Three things.")
    mail.add_attachment(
        b'x\x9f>"' * 10,
        maintype="application",
        subtype="ms-tnef",
        filename="winmail.dat",
    )
    mail.add_attachment(
        b"\0" * (LARGEST_ATTACHMENT + 1),
        maintype="video",
        subtype="mp4",
        filename="all.mp4",
    )
    inner = EmailMessage()
    inner["Subject"] = "Seedlings"
    inner.set_content("They come on the 4th.")
    mail.add_attachment(inner)

    letter = parse(mail.as_bytes())

    assert letter.text == "Three things."
    assert letter.attachments == ()
    assert letter.left_out == (
        ("winmail.dat", WINMAIL),
        ("all.mp4", TOO_LARGE),
        ("Seedlings", A_MAIL),
    )


def test_twenty_five_megabytes_are_taken():
    mail = EmailMessage()
    mail["From"] = "ben@example.org"
    mail.set_content("A large one.")
    mail.add_attachment(
        b"\0" * (LARGEST_ATTACHMENT - 1),
        maintype="image",
        subtype="jpeg",
        filename="field.jpg",
    )

    ((name, data, kind),) = parse(mail.as_bytes()).attachments

    assert (name, len(data), kind) == (
        "field.jpg",
        LARGEST_ATTACHMENT - 1,
        "image/jpeg",
    )


def test_a_logo_in_a_signature_is_no_photo():
    mail = EmailMessage()
    mail["From"] = "ben@example.org"
    mail.set_content("Yes.")
    mail.add_alternative("<p>Yes.</p><img src='cid:logo'>", subtype="html")
    for name, size in (("logo", 900), ("field", 60_000)):
        mail.get_payload()[1].add_related(
            b"\x89PNG" + b"\0" * size, maintype="image", subtype="png", cid=f"<{name}>"
        )

    letter = parse(mail.as_bytes())

    assert [len(data) for _name, data, _kind in letter.photos] == [60_004]
