"""The site administrator: rules, people, spaces without a facilitator, the pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from conversations.models import Thread
from notifications.models import Delivery, Notice
from spaces.actions import site as actions
from spaces.actions.refusals import Refused
from spaces.models import Record, SiteRules, Space
from spaces.overview import spaces_for_admin, worries
from spaces.permissions import can_run_site
from spaces.sentences import sentence
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.spaces.races import at_once

pytestmark = pytest.mark.django_db


def url(name, **kwargs):
    return reverse(f"site_admin:{name}", kwargs=kwargs)


# Rules


@pytest.mark.parametrize(
    ("person", "may"),
    [("root", True), ("ada", False), ("ben", False), ("guest", False)],
)
def test_can_run_site(request, person, may):
    assert can_run_site(request.getfixturevalue(person)) is may


# Verbs


def test_change_site_rules_goes_on_the_record(root, ada):
    with pytest.raises(PermissionDenied):
        actions.change_site_rules(by=ada, space_creation="admins")

    actions.change_site_rules(by=root, space_creation="admins")
    actions.change_site_rules(by=root, space_creation="admins")

    assert SiteRules.current().space_creation == "admins"
    assert sentence(Record.objects.get()) == (
        "Rita Root changed who may create spaces from “Everybody who is signed in” to "
        "“Site administrators only”."
    )


def test_the_last_administrator_stays(root, cleo):
    with pytest.raises(Refused, match="last administrator"):
        actions.set_admin(root, by=root, is_admin=False)
    with pytest.raises(Refused):
        actions.deactivate_person(root, by=root, reason="Tired.")

    actions.set_admin(cleo, by=root, is_admin=True)
    actions.set_admin(root, by=root, is_admin=False)

    assert list(User.objects.filter(is_staff=True)) == [cleo]
    assert [record.verb for record in Record.objects.order_by("pk")] == [
        "admin_named",
        "admin_removed",
    ]


def test_a_closed_or_typed_for_person_cannot_run_the_site(root):
    closed = UserFactory(is_active=False)
    typed_for = UserFactory(email=None)

    for person in (closed, typed_for):
        with pytest.raises(Refused):
            actions.set_admin(person, by=root, is_admin=True)


def test_deactivate_needs_a_reason_and_shuts_out(client, root, cleo):
    client.force_login(cleo)
    with pytest.raises(Refused):
        actions.deactivate_person(cleo, by=root, reason=" ")

    actions.deactivate_person(cleo, by=root, reason="Spam.")

    assert client.get(reverse("joining:space_create")).status_code == 302
    actions.reactivate_person(cleo, by=root)
    assert User.objects.get(pk=cleo.pk).is_active


def test_name_facilitator_of_an_orphaned_space(root, space, ben, cleo):
    with pytest.raises(Refused):
        actions.name_facilitator(space, cleo, by=root, reason="Nobody is left.")
    with pytest.raises(Refused):
        actions.name_facilitator(space, ben, by=root, reason="")

    actions.name_facilitator(space, ben, by=root, reason="Nobody is left.")

    assert ben.memberships.get(space=space).is_facilitator
    assert space.records.get().about == ben


def test_step_in_is_seen_by_members(root, ada, ben, space):
    Thread.objects.create(space=space)
    assert not Thread.objects.visible_to(root).exists()
    with pytest.raises(PermissionDenied):
        actions.step_in(space, by=ben, reason="I want to.")
    with pytest.raises(Refused):
        actions.step_in(space, by=root, reason="")

    actions.step_in(space, by=root, reason="A threat was reported.")
    actions.step_in(space, by=root, reason="Again.")

    assert Thread.objects.visible_to(root).exists()
    assert space.records.get().reason == "A threat was reported."
    told = Notice.objects.filter(kind="spaces.space_changed")
    assert {notice.recipient for notice in told} == {ada, ben}


# Figures


def test_spaces_for_admin_counts_and_worries(space, ada, ben, rex):
    Delivery.objects.create(
        recipient=ben, recipient_key=f"user-{ben.pk}", kind="x.y", target="1",
        state="failed",
    )  # fmt: skip
    found = spaces_for_admin().get(pk=space.pk)

    assert (
        found.member_count,
        found.facilitator_count,
        found.waiting_count,
        found.unreachable_count,
        found.is_orphan,
    ) == (2, 1, 1, 1, False)
    assert [words for _tone, words in worries(found)] == [
        "1 cannot be reached",
        "1 asks to join",
    ]


def test_a_space_whose_facilitators_are_shut_out_is_an_orphan(space, ada, root):
    actions.deactivate_person(ada, by=root, reason="Left.")

    assert spaces_for_admin().get(pk=space.pk).is_orphan


# Pages

PAGES = [
    ("space_list", {}),
    ("space_detail", {"space": "forest"}),
    ("space_openness", {"space": "forest"}),
    ("space_state", {"space": "forest"}),
    ("space_facilitator", {"space": "forest"}),
    ("space_step_in", {"space": "forest"}),
    ("site_rules", {}),
    ("person_list", {}),
    ("record_list", {}),
    ("outbox", {}),
]


@pytest.mark.parametrize(("name", "kwargs"), PAGES)
def test_pages_are_for_administrators(client, root, ada, name, kwargs):
    address = url(name, **kwargs)

    guest = client.get(address)
    client.force_login(ada)
    facilitator = client.get(address)
    client.force_login(root)

    assert (guest.status_code, facilitator.status_code) == (302, 403)
    assert client.get(address).status_code == 200


def test_person_detail_is_for_administrators(client, root, ada, cleo):
    address = url("person_detail", pk=cleo.pk)

    client.force_login(ada)
    assert client.get(address).status_code == 403
    client.force_login(root)
    assert client.get(address).status_code == 200


def test_an_administrator_sees_no_content_of_a_private_space(client, root, ada, space):
    Thread.objects.create(space=space, title="Where the ledger is kept")
    Space.objects.filter(pk=space.pk).update(description="Inside only")
    client.force_login(root)

    page = client.get(url("space_detail", space="forest")).content.decode()

    assert "Forest Forum" in page
    assert "ledger" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Forest Forum", "Quiet Room", "Water Watch"]),
        ("q=quiet", ["Quiet Room"]),
        ("visibility=hidden", ["Quiet Room"]),
        ("state=archived", []),
        ("care=on", ["Forest Forum", "Quiet Room", "Water Watch"]),
        ("visibility=nonsense", ["Forest Forum", "Quiet Room", "Water Watch"]),
        ("q=%00", ["Forest Forum", "Quiet Room", "Water Watch"]),
    ],
)
def test_space_list_filters(client, root, all_spaces, query, names):
    client.force_login(root)

    answer = client.get(f"{url('space_list')}?{query}")

    assert [space.name for space, _worries in answer.context["rows"]] == names


def test_space_openness_by_an_administrator(client, root, ada, space):
    client.force_login(root)
    wanted = {"visibility": "hidden", "join_policy": "invitation", "reason": "Threats."}

    shown = client.post(url("space_openness", space="forest"), wanted)
    client.post(url("space_openness", space="forest"), wanted | {"step": "change"})

    assert "What would change" in shown.content.decode()
    assert Space.objects.get(pk=space.pk).visibility == "hidden"
    assert space.records.get().actor == root


def test_space_state_facilitator_and_step_in_by_post(client, root, space, ben):
    client.force_login(root)

    client.post(url("space_state", space="forest"), {"state": "resting", "reason": "R"})
    client.post(
        url("space_facilitator", space="forest"), {"person": ben.pk, "reason": "Orphan"}
    )
    client.post(url("space_step_in", space="forest"), {"reason": "To help."})
    empty = client.post(url("space_step_in", space="forest"), {"reason": ""})

    assert empty.status_code == 422
    assert [record.verb for record in space.records.order_by("pk")] == [
        "state_changed",
        "facilitator_named",
        "admin_stepped_in",
    ]


@pytest.mark.parametrize(
    ("do", "field", "value"),
    [
        ("allow", "may_create_spaces", True),
        ("admin", "is_staff", True),
        ("close", "is_active", False),
    ],
)
def test_person_detail_does_and_undoes(client, root, cleo, do, field, value):
    client.force_login(root)
    back = {"allow": "forbid", "admin": "unadmin", "close": "open"}[do]
    address = url("person_detail", pk=cleo.pk)

    client.post(address, {"do": do, "reason": "Because."})
    assert User.objects.filter(pk=cleo.pk).values_list(field, flat=True)[0] is value

    client.post(address, {"do": back})
    assert User.objects.filter(pk=cleo.pk).values_list(field, flat=True)[0] is not value


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"do": "close", "reason": ""}, "Say why"),
        ({"do": "unadmin"}, "last administrator"),
        ({"do": "dance"}, "Nothing was chosen"),
    ],
)
def test_person_detail_refuses_with_words(client, root, data, words):
    client.force_login(root)

    answer = client.post(url("person_detail", pk=root.pk), data)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_site_rules_by_post(client, root):
    client.force_login(root)

    client.post(url("site_rules"), {"space_creation": "chosen"})
    wrong = client.post(url("site_rules"), {"space_creation": "dogs"})

    assert wrong.status_code == 422
    assert SiteRules.current().space_creation == "chosen"


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("space_list", 4), ("person_list", 4), ("record_list", 4), ("outbox", 6)],
)
def test_query_count(client, root, rows, name, queries, django_assert_num_queries):
    for number in range(rows):
        space = SpaceFactory()
        MembershipFactory(space=space)
        Record.objects.create(verb="space_created", actor=UserFactory(), space=space)
        Delivery.objects.create(
            recipient_key=f"mail-{number}", kind="x.y", target="1", state="failed"
        )
    client.force_login(root)
    client.get(url(name))  # the first visit of a session is noted once

    with django_assert_num_queries(queries):
        client.get(url(name))


@pytest.mark.parametrize(
    "model",
    ["accounts/user", "spaces/space", "spaces/membership", "spaces/invitation"]
    + ["spaces/record", "notifications/delivery"],
)
def test_django_admin_shows_rows_to_administrators(client, root, ada, ben, model):
    address = f"/admin/records/{model}/"

    client.force_login(ben)
    refused = client.get(address)
    client.force_login(root)

    assert refused.status_code == 302
    assert client.get(address).status_code == 200


def test_django_admin_knows_no_content_and_no_token(client, root, ada):
    client.force_login(root)
    Delivery.objects.create(
        recipient_key="mail-a", kind="x.y", target="1", reply_token="secret-token"
    )

    index = client.get("/admin/records/").content.decode()
    row = client.get(
        f"/admin/records/notifications/delivery/{Delivery.objects.get().pk}/change/"
    ).content.decode()

    for word in ("conversations", "stories", "wiki", "webinars"):
        assert f"/admin/records/{word}/" not in index
    assert "secret-token" not in row


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one(root, cleo):
    actions.set_admin(cleo, by=root, is_admin=True)
    cleo.refresh_from_db()

    results = at_once(
        lambda: actions.set_admin(cleo, by=root, is_admin=False),
        lambda: actions.set_admin(root, by=cleo, is_admin=False),
    )

    assert {type(result) for result in results} == {Refused, User}
    assert User.objects.filter(is_staff=True).count() == 1
