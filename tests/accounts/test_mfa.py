"""Second steps: codes from an app, recovery codes. Passkeys: tests/browser."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from tests.accounts.test_signing_in import PASSWORD, show_again, signed_in, words


@pytest.fixture
def inside(client, cleo):
    """Cleo, who has just shown her password twice."""
    EmailAddress.objects.create(
        user=cleo, email=cleo.email, verified=True, primary=True
    )
    client.post(reverse("account_login"), {"login": cleo.email, "password": PASSWORD})
    show_again(client)
    return client


def app_code(secret):
    """What an authenticator app would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client):
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    return secret, answer


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(inside, cleo):
    _secret, answer = set_up_app(inside)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    page = inside.get(answer["Location"])
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert all(code in page.text for code in codes)
    inside.post(reverse("account_logout"))

    credentials = {"login": cleo.email, "password": PASSWORD}
    answer = inside.post(reverse("account_login"), credentials)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert signed_in(inside) is None
    wrong = inside.post(answer["Location"], {"code": "000000"})
    assert "not right" in words(wrong)
    inside.post(answer["Location"], {"code": codes[0]})
    assert signed_in(inside) == str(cleo.pk)

    # A recovery code works once.
    inside.post(reverse("account_logout"))
    inside.post(reverse("account_login"), credentials)
    again = inside.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert ("not right" in words(again), signed_in(inside)) == (True, None)


def test_a_wrong_app_code_sets_nothing_up(inside, cleo):
    inside.get(reverse("mfa_activate_totp"))
    page = inside.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "not right" in words(page)
    assert Authenticator.objects.filter(user=cleo).count() == 0


def test_an_app_can_be_switched_off(inside, cleo):
    set_up_app(inside)

    inside.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=cleo, type="totp").count() == 0


def test_keys_are_touched_only_after_showing_who_one_is(inside, cleo, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1

    answer = inside.get(reverse("mfa_activate_totp"))

    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert "Is it you?" in words(inside.get(answer["Location"]))
    wrong = inside.post(answer["Location"], {"password": "x"})
    assert "not your password" in words(wrong)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mfa_index", "Passkeys and second steps"),
        ("mfa_add_webauthn", "Add a passkey"),
        ("mfa_list_webauthn", "None yet."),
        ("account_change_password", "Change my password"),
        ("account_email", "My e-mail address"),
        ("account_logout", "Sign out?"),
        ("usersessions_list", "Where I am signed in"),
        ("socialaccount_connections", "None is connected."),
    ],
)
def test_every_page_about_keys_is_drawn_in_our_words(inside, name, said):
    page = inside.get(reverse(name))

    assert page.status_code == 200
    assert said in words(page)


def test_recovery_codes_can_be_made_anew_and_kept_as_a_file(inside):
    set_up_app(inside)
    old = inside.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert "stop working" in words(inside.get(reverse("mfa_generate_recovery_codes")))

    inside.post(reverse("mfa_generate_recovery_codes"))

    new = inside.get(reverse("mfa_download_recovery_codes")).text.split()
    assert (len(new), set(old) & set(new)) == (10, set())
