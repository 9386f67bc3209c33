"""The component page and the fault pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import reverse

from ui import views
from ui.faults import DatabaseGone
from ui.navigation import TOOLS

pytestmark = pytest.mark.django_db


def test_component_list_is_open_and_asks_nothing_of_the_database(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = client.get(reverse("ui:component_list"))

    assert page.status_code == 200
    assert page.content.count(b"<h1") == 1


def test_component_list_is_not_there_in_production(client, settings):
    settings.ALLIANCE_DEV_PAGES = False

    assert client.get(reverse("ui:component_list")).status_code == 404


def test_not_found_page_offers_a_way_on(client):
    page = client.get("/no/such/page/")

    assert page.status_code == 404
    assert b"There is nothing here for you" in page.content


def test_forbidden_page_tells_the_reason(rf, client):
    request = client.get(reverse("ui:component_list")).wsgi_request

    page = views.forbidden(request, PermissionDenied("Only a <facilitator> may."))

    assert page.status_code == 403
    assert b"Only a &lt;facilitator&gt; may." in page.content


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.too_many, 429),
        (views.csrf_failure, 403),
        (views.server_error, 500),
    ],
)
def test_fault_page_stands(client, view, status):
    request = client.get(reverse("ui:component_list")).wsgi_request

    page = view(request)

    assert page.status_code == status
    assert b"<h1" in page.content


def test_standalone_pages_need_no_context(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Something broke" in render_to_string("500.html")
        assert b"back in a moment" in DatabaseGone.page().content


def test_guest_page_has_no_htmx_and_no_inline_code(client):
    text = client.get(reverse("ui:component_list")).content.decode()

    assert "htmx-2" not in text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize(
    "name",
    [
        "discover:home",
        "discover:search",
        "notifications:inbox",
        "accounts:profile_edit",
        "account_login",
        "account_signup",
        "account_logout",
        "site_admin:space_list",
    ],
)
def test_every_page_of_the_head_exists(name):
    assert reverse(name)


@pytest.mark.parametrize(
    "name",
    [
        "discover:space_detail",
        *(view for _tool, view in TOOLS),
        "spaces:member_list",
        "spaces:space_settings",
    ],
)
def test_every_tab_of_a_space_exists(name):
    assert reverse(name, kwargs={"space": "forest"})
