"""Every way in, with the mails read from the outbox."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail  # noqa: TID251 - tests read the outbox
from django.urls import reverse

from accounts.models import User
from tests.accounts.mails import last_code, last_mail, letters

PASSWORD = "correct horse battery"
AIM = "/accounts/profile/"


def words(response):
    """The text of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def verified(person):
    EmailAddress.objects.create(
        user=person, email=person.email, verified=True, primary=True
    )
    return person


def sign_up(client, email="new@example.org", **fields):
    values = {"name": "Nana", "email": email, "password1": PASSWORD, **fields}
    return client.post(reverse("account_signup"), values)


def show_again(client, password=PASSWORD):
    """Show once more who one is, as pages about keys ask."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.django_db
def test_sign_up_keeps_next_name_zone_and_language_through_verification(client):
    page = client.get(reverse("account_signup"), {"next": AIM})
    assert f'name="next" value="{AIM}"' in page.text

    answer = client.post(
        reverse("account_signup"),
        {
            "name": "Nana Yeboah",
            "email": "Nana@Example.org",
            "password1": PASSWORD,
            "time_zone": "Africa/Accra",
            "next": AIM,
        },
        headers={"accept-language": "fr-CA,fr;q=0.9"},
    )
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert signed_in(client) is None

    page = client.get(answer["Location"])
    assert "nana@example.org" in words(page)
    answer = client.post(
        reverse("account_email_verification_sent"),
        {"code": last_code("nana@example.org")},
    )

    assert answer["Location"] == AIM
    person = User.objects.get(email="nana@example.org")
    assert (person.name, person.time_zone, person.language) == (
        "Nana Yeboah",
        "Africa/Accra",
        "fr",
    )
    assert signed_in(client) == str(person.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "kept", "said"),
    [
        ({"email": "no address"}, "no address", "valid email"),
        ({"password1": "12345678"}, "new@example.org", "too common"),
        ({"password1": "short"}, "new@example.org", "too short"),
        ({"name": "x" * 121}, "x" * 121, "at most 120"),
        ({"name": "a\x00b"}, "new@example.org", "Null characters"),
    ],
)
def test_sign_up_refuses_with_words_and_keeps_what_was_typed(
    client, fields, kept, said
):
    answer = sign_up(client, **fields)

    assert (kept in answer.text, said in words(answer)) == (True, True)
    assert User.objects.count() == 0
    assert mail.outbox == []


@pytest.mark.django_db
def test_sign_up_survives_a_tampered_time_zone(client):
    sign_up(client, time_zone="../../etc/passwd")

    assert User.objects.get().time_zone == "UTC"


@pytest.mark.django_db
def test_sign_up_does_not_tell_whether_an_address_is_known(client, cleo):
    known = sign_up(client, email=cleo.email)
    known_page = client.get(known["Location"])
    client.session.flush()
    client.cookies.clear()
    fresh = sign_up(client)
    fresh_page = client.get(fresh["Location"])

    assert known["Location"] == fresh["Location"]
    assert words(known_page).replace(cleo.email, "X") == words(fresh_page).replace(
        "new@example.org", "X"
    ).replace("Is the address wrong? Change it Email Send the code there ", "")
    assert letters() == [
        (cleo.email, "You have an account already"),
        ("new@example.org", "Welcome. Your code: CODE"),
    ]
    assert User.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_sign_up_sent_twice_at_once_makes_one_person(client, monkeypatch):
    # The second request passed the check before the first one was stored.
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.assess_unique_email",
        lambda email, user=None: True,
    )
    sign_up(client)
    client.cookies.clear()

    answer = sign_up(client, next=AIM)

    assert answer["Location"] == (
        f"{reverse('account_request_login_code')}?next=%2Faccounts%2Fprofile%2F"
    )
    assert "This form reached us twice" in client.get(answer["Location"]).text
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_wrong_code_is_refused_and_five_end_it(client):
    sign_up(client)
    address = reverse("account_email_verification_sent")

    for _attempt in range(4):
        page = client.post(address, {"code": "000-000-000"})
        assert "not the code we sent" in words(page)
    answer = client.post(address, {"code": "000-000-000"}, follow=True)

    assert "Too many tries" in words(answer)
    right = client.post(address, {"code": last_code("new@example.org")}, follow=True)
    assert "no longer good" in words(right)
    assert signed_in(client) is None


@pytest.mark.django_db
def test_an_expired_code_says_so_and_offers_the_next_step(client, monkeypatch):
    sign_up(client)
    code = last_code("new@example.org")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 2 * 60 * 60)

    answer = client.post(
        reverse("account_email_verification_sent"), {"code": code}, follow=True
    )

    assert "That code is no longer good" in words(answer)
    assert answer.redirect_chain[-1][0] == reverse("account_login")


@pytest.mark.django_db
def test_a_code_is_worthless_in_another_browser(client):
    sign_up(client)
    stranger = type(client)()

    answer = stranger.post(
        reverse("account_email_verification_sent"),
        {"code": last_code("new@example.org")},
        follow=True,
    )

    assert "in another browser" in words(answer)
    assert signed_in(stranger) is None


@pytest.mark.django_db
def test_a_new_code_can_be_sent_and_ends_the_old_one(client):
    sign_up(client)
    old = last_code("new@example.org")
    address = reverse("account_email_verification_sent")

    client.post(address, {"action": "resend"})
    new = last_code("new@example.org")

    assert old != new
    assert "not the code" in words(client.post(address, {"code": old}))
    assert client.post(address, {"code": new})["Location"] == reverse("discover:home")


@pytest.mark.django_db
def test_the_address_can_be_corrected_while_waiting_for_the_code(client):
    sign_up(client, email="wrong@example.org")
    address = reverse("account_email_verification_sent")

    client.post(address, {"action": "change", "email": "right@example.org"})
    client.post(address, {"code": last_code("right@example.org")})

    assert list(User.objects.values_list("email", flat=True)) == ["right@example.org"]
    assert signed_in(client)


@pytest.mark.django_db
def test_mail_server_down_says_so_keeps_the_account_and_offers_a_new_code(
    client, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    answer = sign_up(client, next=AIM)
    page = client.get(answer["Location"])

    assert "The mail could not be sent" in words(page)
    assert "Send a new code" in words(page)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    page = client.post(answer["Location"], {"action": "resend"}, follow=True)
    assert "could not be sent" not in words(page)
    done = client.post(answer["Location"], {"code": last_code("new@example.org")})
    assert done["Location"] == AIM


def test_sign_in_with_password_and_next(client, cleo):
    verified(cleo)
    values = {"login": "CLEO@example.org", "password": PASSWORD, "next": AIM}

    answer = client.post(reverse("account_login"), values)

    assert answer["Location"] == AIM
    assert signed_in(client) == str(cleo.pk)


def test_sign_in_never_leads_to_another_site(client, cleo):
    verified(cleo)
    values = {
        "login": cleo.email,
        "password": PASSWORD,
        "next": "https://evil.example/steal",
    }

    answer = client.post(reverse("account_login"), values)

    assert answer["Location"] == reverse("discover:home")


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, cleo):
    verified(cleo)
    wrong = client.post(
        reverse("account_login"), {"login": cleo.email, "password": "x"}
    )
    unknown = client.post(
        reverse("account_login"), {"login": "who@example.org", "password": "x"}
    )

    assert "do not go together" in words(wrong)
    assert words(wrong) == words(unknown)
    assert (cleo.email in wrong.text, signed_in(client)) == (True, None)


def test_a_closed_account_cannot_sign_in(client, cleo):
    verified(cleo)
    cleo.is_active = False
    cleo.save()

    client.post(reverse("account_login"), {"login": cleo.email, "password": PASSWORD})

    assert signed_in(client) is None


def test_sign_in_with_a_code_keeps_next(client, cleo):
    verified(cleo)
    answer = client.post(
        reverse("account_request_login_code"), {"email": cleo.email, "next": AIM}
    )
    page = client.get(answer["Location"])
    assert f'name="next" value="{AIM}"' in page.text

    done = client.post(
        reverse("account_confirm_login_code"),
        {"code": last_code(cleo.email), "next": AIM},
    )

    assert done["Location"] == AIM
    assert signed_in(client) == str(cleo.pk)


def test_a_sign_in_code_works_once(client, cleo):
    verified(cleo)
    client.post(reverse("account_request_login_code"), {"email": cleo.email})
    code = last_code(cleo.email)
    client.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("account_logout"))

    again = client.post(
        reverse("account_confirm_login_code"), {"code": code}, follow=True
    )

    assert "no longer good" in words(again)
    assert signed_in(client) is None


@pytest.mark.django_db
def test_a_code_for_an_unknown_address_goes_the_same_way(client):
    answer = client.post(
        reverse("account_request_login_code"), {"email": "who@example.org"}
    )

    assert answer["Location"] == reverse("account_confirm_login_code")
    assert letters() == [("who@example.org", "There is no account with this address")]
    page = client.post(reverse("account_confirm_login_code"), {"code": "000-000-000"})
    assert "not the code we sent" in words(page)


def test_a_new_password_by_code(client, cleo):
    verified(cleo)
    answer = client.post(
        reverse("account_reset_password"), {"email": cleo.email, "next": AIM}
    )
    answer = client.post(answer["Location"], {"code": last_code(cleo.email)})
    page = client.get(answer["Location"])
    assert "Choose a new password" in words(page)

    weak = {"password1": "password", "password2": "password"}
    assert "too common" in words(client.post(answer["Location"], weak))
    fresh = "three nice words"
    client.post(answer["Location"], {"password1": fresh, "password2": fresh})

    cleo.refresh_from_db()
    assert cleo.check_password(fresh)
    assert letters() == [
        (cleo.email, "Your code for a new password: CODE"),
        (cleo.email, "Your password was set anew"),
    ]


@pytest.mark.django_db
def test_a_new_password_for_an_unknown_address_goes_the_same_way(client):
    answer = client.post(
        reverse("account_reset_password"), {"email": "who@example.org"}
    )

    assert answer["Location"] == reverse("account_confirm_password_reset_code")
    assert "Look into your mail" in words(client.get(answer["Location"]))
    assert letters() == [("who@example.org", "There is no account with this address")]


def test_a_changed_address_counts_only_after_its_code(client, cleo):
    verified(cleo)
    client.post(reverse("account_login"), {"login": cleo.email, "password": PASSWORD})
    asked = client.post(
        reverse("account_email"), {"email": "cleo@new.example", "action_add": "1"}
    )
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    # What was asked for goes on by itself once the password is given.
    answer = client.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == reverse("account_email_verification_sent")
    cleo.refresh_from_db()
    assert cleo.email == "cleo@example.org"

    done = client.post(answer["Location"], {"code": last_code("cleo@new.example")})

    assert done["Location"] == reverse("accounts:account_home")
    cleo.refresh_from_db()
    assert cleo.email == "cleo@new.example"
    assert letters()[-1] == ("cleo@example.org", "Your address was changed")


def test_changing_to_an_address_of_somebody_else_gives_nothing_away(client, cleo, ada):
    verified(cleo)
    verified(ada)
    client.post(reverse("account_login"), {"login": cleo.email, "password": PASSWORD})
    show_again(client)
    answer = client.post(
        reverse("account_email"), {"email": ada.email, "action_add": "1"}
    )
    page = client.get(answer["Location"])

    assert "Look into your mail" in words(page)
    client.post(answer["Location"], {"code": last_code(ada.email)}, follow=True)
    cleo.refresh_from_db()
    assert cleo.email == "cleo@example.org"


def test_other_devices_can_be_signed_out(client, cleo):
    verified(cleo)
    elsewhere = type(client)(headers={"user-agent": "Firefox/130 Android"})
    credentials = {"login": cleo.email, "password": PASSWORD}
    for each in (elsewhere, client):
        each.post(reverse("account_login"), credentials)

    page = client.get(reverse("usersessions_list"))
    assert "Firefox · Android" in words(page)
    client.post(reverse("usersessions_list"))

    home = reverse("accounts:account_home")
    assert client.get(home).status_code == 200
    assert elsewhere.get(home).status_code == 302


def test_too_many_tries_get_our_own_words(client, cleo, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    values = {"login": "who@example.org", "password": "x"}
    for _attempt in range(2):
        assert client.post(reverse("account_login"), values).status_code == 200

    page = client.post(reverse("account_login"), values)

    assert page.status_code == 429
    assert "A little too fast" in words(page)


def test_limits_count_the_client_behind_the_trusted_proxy(client, cleo, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    values = {"login": "who@example.org", "password": "x"}

    def try_from(address):
        return client.post(
            reverse("account_login"), values, headers={"x-forwarded-for": address}
        ).status_code

    assert [
        try_from("203.0.113.1"),
        try_from("203.0.113.1"),
        try_from("203.0.113.2"),
        # What the client itself wrote in front is not believed.
        try_from("198.51.100.9, 203.0.113.1"),
    ] == [200, 429, 200, 429]


def test_mails_have_both_bodies_and_no_address_of_the_request(client, cleo):
    client.post(
        reverse("account_request_login_code"),
        {"email": "who@example.org"},
        headers={"host": "evil.example"},
    )

    letter = last_mail("who@example.org")
    html = letter.alternatives[0].content
    assert "evil.example" not in letter.body + html
    assert "http://localhost:8000/accounts/signup/" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_demo_sign_ins_stand_on_the_page_only_where_there_are_some(
    client, db, settings, cleo
):
    address = reverse("account_login")
    assert "Demo sign-ins" not in client.get(address).text

    User.objects.create_user("member@demo.alliance.example")
    assert words(client.get(address)).count("Demo sign-ins") == 1
    settings.ALLIANCE_DEV_PAGES = False
    assert "Demo sign-ins" not in client.get(address).text


def test_provider_buttons_appear_only_when_configured(client, db, settings):
    address = reverse("account_login")
    assert "Go on with" not in client.get(address).text

    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "nmo",
                    "name": "National Office",
                    "client_id": "x",
                    "secret": "y",
                    "settings": {"server_url": "https://id.example"},
                }
            ]
        }
    }
    page = client.get(address, {"next": AIM})
    assert "Go on with National Office" in words(page)
    assert "/accounts/oidc/nmo/login/?process=login&amp;next=" in page.text
