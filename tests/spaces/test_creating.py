"""The creation wizard: rules, verbs, pages."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from notifications.models import Delivery
from spaces.actions.creating import create_space, finish_draft, save_draft
from spaces.invitees import read_invitees
from spaces.models import Invitation, Membership, Record, SiteRules, Space, SpaceDraft
from spaces.naming import free_slug, tidy_name
from spaces.permissions import can_create_space
from tests.factories.spaces import SpaceFactory
from tests.spaces.races import at_once

pytestmark = pytest.mark.django_db


def step_url(draft, step):
    return reverse("joining:space_draft_edit", kwargs={"key": draft.key, "step": step})


def begin(client, **fields):
    fields = {"name": "Forest Friends", "language": "en", "time_zone": "Accra"} | fields
    client.post(reverse("joining:space_create"), {"key": str(uuid.uuid4()), **fields})
    return SpaceDraft.objects.latest("created")


# Who may


@pytest.mark.parametrize(
    ("rule", "person", "may"),
    [
        ("anyone", "cleo", True),
        ("anyone", "guest", False),
        ("chosen", "cleo", False),
        ("chosen", "chosen", True),
        ("chosen", "root", True),
        ("admins", "cleo", False),
        ("admins", "root", True),
    ],
)
def test_can_create_space(rule, person, may, cleo, guest, root):
    SiteRules.objects.create(pk=1, space_creation=rule)
    if person == "chosen":
        cleo.may_create_spaces = True
    who = {"cleo": cleo, "guest": guest, "root": root, "chosen": cleo}[person]

    assert can_create_space(who) is may


def test_whoever_may_not_create_is_told_whom_to_ask(client, cleo, root):
    SiteRules.objects.create(pk=1, space_creation="admins")
    client.force_login(cleo)

    answer = client.get(reverse("joining:space_create"))

    assert answer.status_code == 403
    assert "root@example.org" in answer.content.decode()
    with pytest.raises(PermissionDenied):
        create_space(by=cleo, name="Forest")


# Names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Forest Forum", "forest-forum"),
        ("Forêt du Nord", "forêt-du-nord"),
        ("森林论坛", "森林论坛"),
        ("İstanbul", "istanbul"),
        ("Settings", "settings-space"),
    ],
)
def test_free_slug(name, slug):
    assert free_slug(name) == slug


def test_free_slug_counts_on():
    SpaceFactory(slug="forest")
    SpaceFactory(slug="forest-2")

    assert free_slug("Forest") == "forest-3"


@pytest.mark.parametrize("name", ["🌳🌳", "!!!", "…", "\u200b\u200b"])
def test_a_name_that_cannot_be_said_aloud_is_refused(name):
    with pytest.raises(ValidationError):
        tidy_name(name)


def test_tidy_name_takes_out_what_cannot_be_seen():
    assert tidy_name("  Forest\n\u202eForum\u200b 🌳 ") == "Forest Forum 🌳"


# Lists of people


@pytest.mark.parametrize(
    "heading",
    ["Name;Email", "Courriel", "correo\tnombre", "Nome,Endereço", "Barua pepe"],
)
def test_read_invitees_knows_a_heading(heading):
    found = read_invitees(f"{heading}\nama@example.org", groups=[])

    assert (len(found.rows), found.wrong) == (1, [])


def test_read_invitees_knows_a_heading_below_typed_addresses():
    text = "kwame@example.org\nname,e-mail,group\nAma Owusu,ama@example.org,\n"

    found = read_invitees(text + "a farmer named Nome\n", groups=[])

    assert [row["address"] for row in found.rows] == [
        "kwame@example.org",
        "ama@example.org",
    ]
    assert [line.number for line in found.wrong] == [4]


def test_read_invitees_keeps_good_lines_and_names_bad_ones():
    text = (
        "name,e-mail,group\n"
        "Ama Owusu, ama@example.org, farmers\n"
        "Kofi <kofi@example.org>\n"
        "nobody\n"
        "Esi;esi@example.org;Miners\n"
        "yaw@example.org, efua@example.org\n"
        "AMA@example.org\n"
    )

    found = read_invitees(text, groups=["Farmers"])

    assert [(row["name"], row["address"], row["group"]) for row in found.rows] == [
        ("Ama Owusu", "ama@example.org", "Farmers"),
        ("Kofi", "kofi@example.org", ""),
        ("", "yaw@example.org", ""),
        ("", "efua@example.org", ""),
    ]
    assert [(line.number, line.text) for line in found.wrong] == [
        (4, "nobody"),
        (5, "Esi;esi@example.org;Miners"),
    ]


# Verbs


def test_create_space_makes_a_facilitator_groups_and_a_record(cleo):
    space = create_space(
        by=cleo, name="Forest", groups=["Farmers", "Youth"], house_rules="Be **kind**."
    )

    membership = space.memberships.get()
    assert (membership.person, membership.role, membership.status) == (
        cleo,
        "facilitator",
        "active",
    )
    assert [(group.name, group.palette) for group in space.groups.all()] == [
        ("Farmers", 0),
        ("Youth", 1),
    ]
    assert "<strong>kind</strong>" in space.house_rules_html
    assert [record.verb for record in space.records.all()] == ["space_created"]


def test_save_draft_of_two_tabs_keeps_both_steps(cleo):
    key = uuid.uuid4()
    save_draft(key, by=cleo, step="concern", answers={"name": ["Forest"]})
    save_draft(key, by=cleo, step="groups", answers={"own": ["Herders"]})

    assert SpaceDraft.objects.get().answers == {
        "concern": {"name": ["Forest"]},
        "groups": {"own": ["Herders"]},
    }


def test_save_draft_of_somebody_else_is_refused(cleo, root):
    draft = save_draft(
        uuid.uuid4(), by=cleo, step="concern", answers={"name": ["Forest"]}
    )

    stolen = save_draft(draft.key, by=root, step="concern", answers={"name": ["Mine"]})

    assert stolen is None
    assert SpaceDraft.objects.get().name == "Forest"


def test_finish_draft_twice_makes_one_space_and_one_letter(cleo):
    draft = save_draft(uuid.uuid4(), by=cleo, step="concern", answers={})
    people = read_invitees("Ama, ama@example.org, farmers", groups=["Farmers"]).rows
    fields = {"by": cleo, "name": "Forest", "groups": ["Farmers"], "people": people}

    first = finish_draft(draft, **fields)
    second = finish_draft(draft, **fields)

    assert (first[1], second[1]) == (True, False)
    assert first[0] == second[0] == Space.objects.get()
    invitation = Invitation.objects.get()
    assert (invitation.address, invitation.group.name) == ("ama@example.org", "Farmers")
    assert Delivery.objects.filter(kind="spaces.invited").count() == 1
    assert SpaceDraft.objects.get().answers == {}


# Pages


def test_a_guest_signs_in_first(client, db):
    answer = client.get(reverse("joining:space_create"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_the_whole_way_with_only_a_name(client, cleo):
    client.force_login(cleo)
    draft = begin(client)

    answer = client.post(
        reverse("joining:space_draft_review", kwargs={"key": draft.key})
    )

    space = Space.objects.get()
    assert answer.url == reverse("spaces:space_begin", kwargs={"space": space.slug})
    assert (space.name, space.slug, space.time_zone) == (
        "Forest Friends",
        "forest-friends",
        "Africa/Accra",
    )
    assert (space.visibility, space.join_policy) == ("listed", "request")
    assert space.house_rules
    assert client.get(answer.url).status_code == 200


def test_the_whole_way_with_every_step(client, cleo):
    client.force_login(cleo)
    draft = begin(client, concern="Who keeps the forest?")
    client.post(
        step_url(draft, "groups"), {"suggested": ["Farmers", "Youth"], "own": "Herders"}
    )
    client.post(
        step_url(draft, "openness"),
        {"visibility": "hidden", "join_policy": "invitation"},
    )
    client.post(step_url(draft, "tools"), {"tools": ["wiki"]})
    table = SimpleUploadedFile("people.csv", b"Ama,ama@example.org,Herders\n")
    client.post(
        step_url(draft, "people"),
        {"people": "kofi@example.org", "table": table, "message": "Come!"},
    )
    client.post(step_url(draft, "rules"), {"house_rules": "Be kind."})
    review = reverse("joining:space_draft_review", kwargs={"key": draft.key})

    before = client.get(review).content.decode()
    client.post(review)
    client.post(review)

    assert "ama@example.org" in before
    space = Space.objects.get()
    assert [group.name for group in space.groups.all()] == [
        "Farmers",
        "Youth",
        "Herders",
    ]
    assert (space.visibility, space.tools, space.house_rules) == (
        "hidden",
        ["wiki"],
        "Be kind.",
    )
    assert sorted(Invitation.objects.values_list("address", "group__name")) == [
        ("ama@example.org", "Herders"),
        ("kofi@example.org", None),
    ]


@pytest.mark.parametrize(
    "name", ["", "🌳", "x" * 500], ids=["none", "emoji", "500 letters"]
)
def test_a_wrong_name_is_told_and_nothing_is_lost(client, cleo, name):
    client.force_login(cleo)

    answer = client.post(
        reverse("joining:space_create"),
        {
            "key": str(uuid.uuid4()),
            "name": name,
            "concern": "Who keeps the forest?",
            "language": "en",
            "time_zone": "UTC",
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="field field-wrong"' in page
    assert "Who keeps the forest?" in page
    assert name in page
    assert SpaceDraft.objects.get().answers["concern"]["name"] == [name]


def test_pressing_twice_at_the_start_makes_one_draft(client, cleo):
    client.force_login(cleo)
    form = {
        "key": str(uuid.uuid4()),
        "name": "Forest",
        "language": "en",
        "time_zone": "UTC",
    }

    client.post(reverse("joining:space_create"), form)
    client.post(reverse("joining:space_create"), form)

    assert SpaceDraft.objects.count() == 1


def test_a_step_is_found_again_as_it_was_left(client, cleo):
    client.force_login(cleo)
    draft = begin(client)

    answer = client.post(step_url(draft, "groups"), {"own": "x" * 70, "go": "openness"})
    page = client.get(step_url(draft, "groups")).content.decode()

    assert answer.url == step_url(draft, "openness")
    assert "x" * 70 in page
    assert "at most 60 letters" in page


def test_typing_is_kept_without_a_word(client, cleo):
    client.force_login(cleo)
    draft = begin(client)
    kwargs = {"key": draft.key, "step": "rules"}

    answer = client.post(
        reverse("joining:space_draft_save", kwargs=kwargs), {"house_rules": "Half a ru"}
    )

    assert answer.status_code == 204
    assert "Half a ru" in client.get(step_url(draft, "rules")).content.decode()


def test_a_forbidden_pair_is_refused_with_words(client, cleo):
    client.force_login(cleo)
    draft = begin(client)

    answer = client.post(
        step_url(draft, "openness"), {"visibility": "hidden", "join_policy": "request"}
    )

    assert answer.status_code == 422
    assert "Nobody can find a hidden space" in answer.content.decode()
    review = reverse("joining:space_draft_review", kwargs={"key": draft.key})
    assert client.post(review).status_code == 422
    assert not Space.objects.exists()


def test_wrong_lines_are_named_and_may_be_left_out(client, cleo):
    client.force_login(cleo)
    draft = begin(client)
    people = {"people": "ama@example.org\nnobody"}

    answer = client.post(step_url(draft, "people"), people)
    on = client.post(step_url(draft, "people"), people | {"go": "anyway"})

    assert answer.status_code == 422
    assert "there is no e-mail address in it" in answer.content.decode()
    assert on.url == step_url(draft, "rules")


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\xff\xfe\x00" * 9, b""])
def test_a_file_that_is_no_table_is_told(client, cleo, content):
    client.force_login(cleo)
    draft = begin(client)

    answer = client.post(
        step_url(draft, "people"),
        {"people": "ama@example.org", "table": SimpleUploadedFile("x.csv", content)},
        follow=True,
    )

    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.answers["people"]["people"] == ["ama@example.org"]


def test_a_draft_is_its_makers_only(client, cleo, root):
    client.force_login(cleo)
    draft = begin(client)
    review = reverse("joining:space_draft_review", kwargs={"key": draft.key})
    assert client.get(review).status_code == 200

    client.force_login(root)

    assert client.get(review).status_code == 404
    assert client.get(step_url(draft, "groups")).status_code == 404
    discard = reverse("joining:space_draft_delete", kwargs={"key": draft.key})
    assert client.post(discard).status_code == 404
    assert SpaceDraft.objects.count() == 1


def test_a_draft_can_be_thrown_away(client, cleo):
    client.force_login(cleo)
    draft = begin(client)

    client.post(reverse("joining:space_draft_delete", kwargs={"key": draft.key}))

    assert not SpaceDraft.objects.exists()


@pytest.mark.parametrize("step", ["nope", "review"])
def test_an_unknown_step_is_not_found(client, cleo, step):
    client.force_login(cleo)
    draft = begin(client)

    assert client.get(step_url(draft, step)).status_code == 404


def test_hostile_words_are_shown_as_words(client, cleo):
    client.force_login(cleo)
    draft = begin(client, name="<script>alert(1)</script>", concern="\x00<b>")
    review = reverse("joining:space_draft_review", kwargs={"key": draft.key})

    page = client.get(review).content.decode()
    client.post(review)

    assert "<script>alert" not in page
    assert Space.objects.get().name == "<script>alert(1)</script>"


def test_first_steps_are_for_facilitators(client, ada, ben, space):
    address = reverse("spaces:space_begin", kwargs={"space": space.slug})

    client.force_login(ada)
    assert client.get(address).status_code == 200
    client.force_login(ben)
    assert client.get(address).url == space.get_absolute_url()


def test_membership_of_the_maker_is_the_only_one(cleo):
    create_space(by=cleo, name="Forest")

    assert Membership.objects.count() == 1
    assert Record.objects.get().actor == cleo


@pytest.mark.django_db(transaction=True)
def test_pressing_create_twice_at_once_makes_one_space(cleo):
    draft = save_draft(uuid.uuid4(), by=cleo, step="concern", answers={})

    first, second = at_once(*[lambda: finish_draft(draft, by=cleo, name="Forest")] * 2)

    assert first[0] == second[0] == Space.objects.get()
    assert {first[1], second[1]} == {True, False}


@pytest.mark.django_db(transaction=True)
def test_two_spaces_of_one_name_at_once_get_two_addresses(cleo):
    made = at_once(*[lambda: create_space(by=cleo, name="Forest")] * 3)

    assert {space.slug for space in made} == {"forest", "forest-2", "forest-3"}
