import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions, photos
from tests.accounts.pictures import picture
from tests.accounts.test_signing_in import words
from tests.factories.spaces import MembershipFactory

HOME = "accounts:account_home"
PROFILE = "accounts:profile_edit"


def profile(**fields):
    return {
        "name": "Cleo Diaz",
        "time_zone": "accra",
        "language": "en",
        "languages": "Twi, English",
        **fields,
    }


@pytest.mark.parametrize("name", [HOME, PROFILE, "joining:account_close"])
def test_pages_about_oneself_ask_guests_to_sign_in(client, db, name):
    answer = client.get(reverse(name))

    assert answer["Location"] == f"/accounts/login/?next={reverse(name)}"


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("name", "queries"), [(HOME, 6), (PROFILE, 3)])
def test_query_count(client, cleo, rows, name, queries, django_assert_max_num_queries):
    MembershipFactory.create_batch(rows, person=cleo)
    client.force_login(cleo)
    client.get(reverse(name))  # the session is in the cache from here on

    with django_assert_max_num_queries(queries):
        assert client.get(reverse(name)).status_code == 200


def test_account_home_says_how_things_stand(client, cleo):
    client.force_login(cleo)

    page = words(client.get(reverse(HOME)))

    for said in ("cleo@example.org", "Password Set", "No passkey", "Close my account"):
        assert said in page


def test_profile_edit_stores_everything(client, cleo):
    client.force_login(cleo)
    values = profile(
        name="Cleo D.",
        organisation="River Board",
        helps_with="Dams",
        about="I measure water.",
        low_bandwidth="on",
        photo=picture(),
    )

    answer = client.post(reverse(PROFILE), values)

    assert answer["Location"] == reverse(PROFILE)
    cleo.refresh_from_db()
    stored = (cleo.name, cleo.organisation, cleo.languages, cleo.time_zone)
    assert stored == ("Cleo D.", "River Board", ["Twi", "English"], "Africa/Accra")
    assert (cleo.helps_with, cleo.about) == ("Dams", "I measure water.")
    assert cleo.low_bandwidth
    assert client.get(cleo.photo_url)["Content-Type"] == "image/webp"


def test_profile_edit_refuses_a_bad_photo_and_keeps_the_text(client, cleo):
    client.force_login(cleo)
    upload = picture()
    upload.file.seek(0)
    upload.file.truncate(300)
    values = profile(about="Keep these words.", name="Somebody else", photo=upload)

    answer = client.post(reverse(PROFILE), values)

    assert answer.status_code == 422
    assert "could not be read as a picture" in words(answer)
    assert "Keep these words." in answer.text
    cleo.refresh_from_db()
    assert (cleo.about, cleo.name) == ("", "Cleo Diaz")


def test_profile_shows_names_as_text(client, cleo):
    client.force_login(cleo)

    client.post(reverse(PROFILE), profile(name="<script>alert(1)</script>"))

    page = client.get(reverse(HOME)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_follow_the_persons_language_and_zone(client, cleo):
    cleo.language, cleo.time_zone = "fr", "Africa/Accra"
    cleo.save()
    client.force_login(cleo)

    page = client.get(reverse(HOME))

    assert '<html lang="fr"' in page.text
    assert "Accra" in page.text


def test_a_photo_is_seen_by_whoever_was_shown_its_address_and_ends_with_it(
    client, cleo, django_capture_on_commit_callbacks
):
    actions.save_profile(cleo, by=cleo, photo=photos.make_squares(picture()))
    shown = cleo.photo_url

    answer = client.get(shown)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    guessed = reverse("accounts:photo", args=[cleo.pk, "0" * 24, 96])
    other_size = shown.replace("/96.webp", "/97.webp")
    other_person = shown.replace(f"people/{cleo.pk}/", f"people/{cleo.pk + 1}/")
    for address in (guessed, other_size, other_person):
        assert client.get(address).status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        actions.save_profile(cleo, by=cleo, remove_photo=True)
    assert client.get(shown).status_code == 404


@pytest.mark.django_db
def test_guests_choose_a_language_that_stays(client):
    address = reverse("accounts:language_set")
    first = client.get(address, headers={"accept-language": "es"})
    assert '<html lang="es"' in first.text
    assert {"Accept-Language", "Cookie"} <= set(first["Vary"].split(", "))

    answer = client.post(address, {"language": "sw", "next": "/search/?q=x"})

    assert answer["Location"] == "/search/?q=x"
    page = client.get(address, headers={"accept-language": "es"})
    assert '<html lang="sw"' in page.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "leads"),
    [
        ({"language": "fr", "next": "https://evil.example/"}, "/"),
        ({"language": "fr", "next": "//evil.example/"}, "/"),
        ({"language": "fr", "next": "inbox"}, "/"),
        ({"language": "tlh"}, "/accounts/language/"),
        ({}, "/accounts/language/"),
    ],
)
def test_language_set_stays_on_the_site(client, values, leads):
    assert client.post(reverse("accounts:language_set"), values)["Location"] == leads


def test_members_language_goes_into_the_profile(client, cleo):
    client.force_login(cleo)

    client.post(reverse("accounts:language_set"), {"language": "pt"})

    cleo.refresh_from_db()
    assert cleo.language == "pt"


def test_forms_carry_a_token(cleo):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cleo)

    assert client.post(reverse(PROFILE), profile()).status_code == 403
