"""Who looks after a page, and what happens when the day comes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from notifications.models import Delivery
from tests.factories.wiki import PageFactory
from tests.wiki.test_views import begin, url
from wiki.actions import delete_page
from wiki.actions.caring import look_at_page, set_care
from wiki.care_kinds import look_path
from wiki.models import Care
from wiki.tending import ask_carers, raise_unanswered

DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def page(space, ben):
    return begin(space, ben)


def told(kind):
    found = Delivery.objects.filter(kind=kind).select_related("recipient")
    return sorted(letter.recipient.name for letter in found)


def test_the_carer_is_asked_once_when_the_day_comes(page, oda, ada):
    care = set_care(page, by=ada, carer=oda, every_months=6, due=DAY)

    asked = [ask_carers(NOON + timedelta(days=days)) for days in (-1, 0, 1)]

    assert asked == [0, 1, 0]
    assert told("wiki.page_due_for_look") == ["Oda Lund"]
    care = look_at_page(care, by=oda, verdict="right", now=NOON)
    assert (care.due, care.asked) == (date(2026, 9, 1), None)
    assert ask_carers(NOON + timedelta(days=200)) == 1


def test_a_group_is_asked_the_writers_first_and_stewards_where_nobody_is_left(
    page, space, ben, oda, sam, ada, farmers, officers
):
    set_care(page, by=ada, carer_group=farmers, due=DAY)
    ask_carers(NOON)
    assert told("wiki.page_due_for_look") == ["Ben Tetteh"]

    oda.memberships.update(status="left")
    other = begin(space, ben, "Goats")
    set_care(other, by=ada, carer=oda, due=DAY)
    ask_carers(NOON)

    assert told("wiki.page_due_for_look") == ["Ada Mensah", "Ben Tetteh", "Sam Owusu"]


def test_what_nobody_answers_is_raised_to_the_facilitators_once(page, oda, ada):
    set_care(page, by=ada, carer=oda, due=DAY)
    ask_carers(NOON)

    raised = [raise_unanswered(NOON + timedelta(days=days)) for days in (13, 14, 90)]

    assert raised == [0, 1, 0]
    assert told("wiki.care_unanswered") == ["Ada Mensah"]


def test_no_deleted_page_and_no_resting_space_is_asked_about(page, space, oda, ada):
    set_care(page, by=ada, carer=oda, due=DAY)
    space.state = "resting"
    space.save()
    assert ask_carers(NOON) == 0
    space.state = "active"
    space.save()
    delete_page(page, by=ada)

    assert ask_carers(NOON) == 0


def test_one_press_from_the_letter_without_signing_in(client, page, oda, ada):
    care = set_care(page, by=ada, carer=oda, every_months=12, due=DAY)
    ask_carers(NOON)
    care.refresh_from_db()
    address = look_path(care, oda)

    shown = client.get(address, {"say": "work"})
    assert shown.context["form"]["say"].value() == "work"
    care.refresh_from_db()
    assert care.verdict == ""  # opening changes nothing
    assert client.post(address, {"say": "x"}).status_code == 422
    client.post(address, {"say": "work", "words": "The prices are of 2019."})

    care.refresh_from_db()
    assert (care.verdict, care.looked_by) == ("work", oda)
    client.post(address, {"say": "right"})
    care.refresh_from_db()
    assert care.verdict == "work"  # a press of yesterday's letter counts once
    assert "answered already" in client.get(address).content.decode()
    client.force_login(oda)
    text = client.get(page.get_absolute_url()).content.decode()
    assert "The prices are of 2019." in text


def test_a_letter_of_who_left_opens_nothing(client, page, oda, ada, ben):
    care = set_care(page, by=ada, carer=oda, due=DAY)
    ask_carers(NOON)
    care.refresh_from_db()
    assert client.get(look_path(care, ben)).status_code == 404
    address = look_path(care, oda)
    assert client.get(address).status_code == 200

    oda.memberships.update(status="left")

    assert client.post(address, {"say": "right"}).status_code == 404


def test_page_care_is_chosen_by_stewards(client, page, space, ben, sam, farmers):
    client.force_login(ben)
    assert client.get(url("page_care", space, page)).status_code == 403
    client.force_login(sam)
    address = url("page_care", space, page)

    both = {"carer": ben.pk, "carer_group": farmers.pk}
    assert client.post(address, both).status_code == 422
    assert client.post(address, {"carer": ben.pk, "every_months": 6}).status_code == 422
    client.post(address, {"carer": ben.pk, "every_months": 6, "due": "2027-01-01"})

    care = Care.objects.get(page=page)
    assert (care.carer, care.every_months, care.due) == (ben, 6, date(2027, 1, 1))
    text = client.get(page.get_absolute_url()).content.decode()
    assert "Looked after by Ben Tetteh" in text


@pytest.mark.parametrize(("who", "code"), [("ben", 200), ("oda", 403), ("sam", 200)])
def test_who_says_how_a_page_stands(request, client, page, space, ada, ben, who, code):
    set_care(page, by=ada, carer=ben, due=DAY)
    client.force_login(request.getfixturevalue(who))

    assert client.get(url("page_look", space, page)).status_code == code


@pytest.mark.parametrize("rows", [1, 30])
def test_care_list_query_count(client, space, ada, rows, django_assert_num_queries):
    for number in range(rows):
        page = PageFactory(space=space)
        verdict = "old" if number % 2 else ""
        Care.objects.create(page=page, due=DAY, verdict=verdict, looked=timezone.now())
    Care.objects.create(page=PageFactory(space=space), due=date(2999, 1, 1))
    client.force_login(ada)
    client.get(url("page_list", space))

    with django_assert_num_queries(7):
        response = client.get(url("care_list", space))

    assert len(response.context["page"]) == rows


def test_groups_that_are_missing_are_invited_not_blamed(
    client, space, ben, oda, farmers, officers
):
    page = begin(space, ben, group=farmers)
    secret = begin(
        space, ben, "Ours", audience="group", audience_group=farmers, group=farmers
    )
    client.force_login(ben)

    text = client.get(page.get_absolute_url()).content.decode()
    assert "Nobody of this group has written here yet" in text
    assert f"?group={officers.pk}" in text
    assert (
        "Nobody of this group"
        not in client.get(secret.get_absolute_url()).content.decode()
    )
    # Nobody is in it any more, so nobody is missed.
    oda.memberships.update(group=None)
    assert (
        "Nobody of this group"
        not in client.get(page.get_absolute_url()).content.decode()
    )
