"""The doors that are not ours: allauth's pages and the administrators' records."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.access.asking import verdict
from tests.access.matrix import CAST

pytestmark = pytest.mark.django_db

# Pages of allauth that a guest is answered on; all others ask to sign in first, and so
# do the later steps of signing in when the first has not been taken.
FOR_GUESTS = {
    "account_complete_password_reset",
    "account_inactive",
    "account_login",
    "account_logout",  # leads home: there is nothing to end
    "account_password_reset_completed",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_signup",
    "account_signup_by_passkey",
    "mfa_signup_webauthn",
    "socialaccount_login_cancelled",
}


def allauth_names(patterns=None):
    """Names of allauth's pages that need no further word in the address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace is None:
                yield from allauth_names(pattern.url_patterns)
        elif pattern.callback.__module__.startswith("allauth"):
            try:
                reverse(pattern.name)
            except NoReverseMatch:
                continue
            yield pattern.name


@pytest.mark.parametrize("name", sorted(set(allauth_names())))
def test_allauth_page(world, name):
    answers = {}
    for person in ("guest", "outsider", "banned", "member", "admin"):
        response, text, _wrote = world.browsers[person].ask("GET", reverse(name))
        answers[person] = verdict(response, also=(400, 401, 405))
        assert world.leaks(person, text) == []

    guest = "yes" if name in FOR_GUESTS else "login"
    if answers["guest"] == "none":  # switched off (a provider's page, say)
        guest = "none"
    assert answers["guest"] == guest
    assert {answers[person] for person in answers if person != "guest"} <= {
        "yes",
        "none",
        "login",  # a step of signing in that has not begun
    }


def admin_pages():
    yield reverse("admin:index")
    for model in admin.site._registry:
        meta = model._meta
        stem = f"admin:{meta.app_label}_{meta.model_name}"
        yield reverse(f"{stem}_changelist")
        yield f"{reverse(f'{stem}_changelist')}?q=zebra"
        for pk in model._default_manager.values_list("pk", flat=True)[:40]:
            yield reverse(f"{stem}_change", args=[pk])


def test_records_are_for_administrators_and_hold_no_content(world):
    """Rows about people and spaces: who administers the site reads no talk here."""
    apps = {model._meta.app_label for model in admin.site._registry}
    wrong = []
    for url in admin_pages():
        for person in CAST if "/change/" not in url else ("member", "admin"):
            response, text, _wrote = world.browsers[person].ask("GET", url)
            is_let_in = response.status_code == 200
            if is_let_in != (person == "admin"):
                wrong.append((url, person, response.status_code))
            if leaks := world.leaks(person, text):
                wrong.append((url, person, leaks))

    # Other packages' rows hold keys with which one could become anybody.
    assert apps == {"accounts", "notifications", "spaces"}
    assert not wrong, "\n".join(map(str, wrong))


HOSTILE = ["%00", "..%2f", "%F0%9F%90%98", "a" * 300, "%E2%80%AE", "'", "%25", "٣"]


def test_hostile_words_in_addresses_are_answered(world):
    """Whatever stands where a name should: no such thing, never a fault."""
    corner = world.corners["open"]
    shapes = [
        "/s/{}/",
        "/s/{}/wiki/",
        f"/s/{corner.slug}/wiki/{{}}/",
        f"/s/{corner.slug}/wiki/{{}}/history/",
        f"/s/{corner.slug}/stories/{{}}/",
        f"/s/{corner.slug}/webinars/{{}}/",
        f"/s/{corner.slug}/tags/{{}}/",
        f"/s/{corner.slug}/exchange/{{}}/",
        f"/s/{corner.slug}/exchange/pass/{{}}/",
        f"/s/{corner.slug}/mail/{{}}/",
        f"/s/{corner.slug}/exchange/99999999999999999999/",
        f"/s/{corner.slug}/files/99999999999999999999/",
        f"/s/{corner.slug}/wiki/{corner.public_page.slug}/history/999999999999999/",
        "/spaces/invitation/{}/",
        "/spaces/claim/{}/",
        "/admin/spaces/{}/",
        "/search/?q={}",
        "/search/?q=zebra&page={}",
        "/inbox/?page={}",
        f"/s/{corner.slug}/wiki/?page={{}}",
        f"/s/{corner.slug}/people/?q={{}}",
        "/accounts/language/?next={}",
    ]
    wrong = []
    for shape in shapes:
        for word in HOSTILE if "{}" in shape else [""]:
            url = shape.format(word)
            for person in ("guest", "facilitator", "admin"):
                response, _text, _wrote = world.browsers[person].ask("GET", url)
                got = verdict(response, also=(410,))
                if got not in {"yes", "login", "no", "none"}:
                    wrong.append((url, person, got))

    assert not wrong, "\n".join(map(str, wrong))
