"""Secrets that open a door once: invitations, claims, and the page behind a mail.

An invitation's token is made, not kept: HMAC-SHA-256 (32 bytes) over the invitation's
id and its random nonce, with the site's secret key. The row holds the nonce and the
token's hash. So

* a stolen copy of the database opens nothing (the key is not in it), and a stolen key
  opens nothing without the nonces;
* a worker writes the letter and its reminders without a write of its own, and every
  letter of one invitation carries the same link: none of them goes stale;
* the token of a letter to one address is shown nowhere but in that letter, which is
  why holding it proves the address. Links for many prove nothing.

A claim link is 32 random bytes that are shown once; only their hash is stored.
"""

import hashlib
import hmac
import secrets
import time

from django.core import signing
from django.utils.crypto import salted_hmac

QUIET_SALT = "spaces.mail_settings"
MONTH_SECONDS = 30 * 24 * 60 * 60
QUIET_MONTHS = 24


def hash_of(token):
    """What is stored of a token.

    Args:
        token: any text; hostile text has a hash like any other.

    Returns:
        64 hexadecimal letters.
    """
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_nonce():
    """32 random bytes as text."""
    return secrets.token_urlsafe(32)


def new_secret():
    """A random token of 32 bytes, for links that are shown once."""
    return secrets.token_urlsafe(32)


def invitation_token(invitation):
    """The token of an invitation's letter or link.

    Args:
        invitation: an ``Invitation`` that has its ``nonce`` and primary key.

    Returns:
        64 hexadecimal letters (32 bytes).
    """
    return salted_hmac(
        "spaces.invitation",
        f"{invitation.pk}:{invitation.nonce}",
        algorithm="sha256",
    ).hexdigest()


def is_current(invitation):
    """Whether the stored hash still belongs to the token that would be made now.

    False after the site's secret key was changed.
    """
    return hmac.compare_digest(
        invitation.token_hash, hash_of(invitation_token(invitation))
    )


def sign_membership(membership):
    """A token for the page where mails of one membership are turned down.

    It opens nothing but that page, for two years: a letter found in the cellar must
    still be able to stop letters, but not for ever. All tokens of one month are equal.
    """
    return sign_setting(QUIET_SALT, membership.pk)


def signed_membership(token):
    """The membership's id inside such a token; None when it is not ours, or too old."""
    numbers = signed_setting(QUIET_SALT, token)
    return numbers[0] if numbers and len(numbers) == 1 else None


def sign_setting(salt, *numbers):
    """A token for the one page where somebody changes one setting from a letter.

    Args:
        salt: which page; a token of one opens no other.
        *numbers: ids of what it is about.
    """
    return signing.Signer(salt=salt).sign("-".join(map(str, (*numbers, _month()))))


def signed_setting(salt, token):
    """The ids inside such a token; None when it is not ours, or two years old."""
    try:
        *numbers, month = map(int, signing.Signer(salt=salt).unsign(token).split("-"))
    except (signing.BadSignature, ValueError):
        return None
    return None if _month() - month > QUIET_MONTHS else numbers


def _month():
    return int(time.time() // MONTH_SECONDS)
