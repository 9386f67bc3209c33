import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DataError, connection, transaction
from django.db.models import Count, F
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from accounts.prepared import Prepared
from spaces.models import Membership, Space
from tests.factories.spaces import SpaceFactory


def cards(user, slug):
    return Space.objects.with_member_count().visible_to(user).filter(slug=slug)


@pytest.fixture
def readers(ben, cleo, root, guest):
    return [ben, cleo, root, guest]


def test_prepared_answers_as_the_queryset_does(readers, all_spaces):
    prepared = Prepared(cards)

    for _ in range(2):
        for reader in readers:
            for space in all_spaces:
                found = prepared(reader, slug=space.slug)

                assert found == list(cards(reader, space.slug))
                assert [it.member_count for it in found] == [
                    it.member_count for it in cards(reader, space.slug)
                ]


def test_prepared_asks_the_database_each_time(ben, space, django_assert_num_queries):
    prepared = Prepared(cards)
    prepared(ben, slug=space.slug)
    Space.objects.filter(pk=space.pk).update(name="Renamed")

    with django_assert_num_queries(1):
        (found,) = prepared(ben, slug=space.slug)

    assert found.name == "Renamed"


def test_prepared_takes_lists_of_any_length(ben, all_spaces):
    prepared = Prepared(
        lambda user, spaces: (
            Membership.objects.filter(person=user, space__in=spaces)
            .select_related("space", "group")
            .order_by("pk")
        )
    )
    ids = [space.pk for space in all_spaces]

    for number in (3, 1, 0, 2):
        found = prepared(ben, spaces=ids[:number])

        assert [it.space for it in found] == all_spaces[:number]


def test_prepared_takes_moments(ben, space):
    prepared = Prepared(
        lambda user, now: Space.objects.filter(created__lt=now).order_by("pk")
    )

    before = prepared(ben, now=space.created)
    after = prepared(ben, now=timezone.now())

    assert (before, space in after) == ([], True)


@pytest.mark.django_db(transaction=True)
def test_prepared_is_planned_anew_on_a_new_connection(ben, space):
    prepared = Prepared(cards)
    prepared(ben, slug=space.slug)
    connection.close()

    assert prepared(ben, slug=space.slug) == [space]


def test_prepared_asks_again_after_a_fault(ben, space):
    shares = Prepared(
        lambda user, number: Space.objects.order_by("pk").values_list(
            100 / (F("pk") - number), flat=True
        )
    )
    with pytest.raises(DataError, match="division by zero"), transaction.atomic():
        shares(ben, number=space.pk)

    assert len(shares(ben, number=0)) == 3


@pytest.mark.parametrize("number", [2**31, 2**63, 2**64])
def test_prepared_takes_numbers_that_fit_no_column(ben, space, number):
    prepared = Prepared(lambda user, number: Space.objects.filter(pk=number))
    prepared(ben, number=space.pk)

    assert prepared(ben, number=number) == []


def test_prepared_can_leave_the_plan_to_each_asking(ben, space):
    prepared = Prepared(cards, plan_once=False)

    assert prepared(ben, slug=space.slug) == [space] == prepared(ben, slug=space.slug)


def test_prepared_gives_values_as_the_queryset_does(ben, space):
    shapes = [
        lambda user, slug: cards(user, slug).values("name", "member_count"),
        lambda user, slug: cards(user, slug).values_list("pk", "tools"),
        lambda user, slug: cards(user, slug).values_list("name", flat=True),
        lambda user, slug: cards(user, slug).values("state").annotate(n=Count("pk")),
    ]

    for build in shapes:
        assert Prepared(build)(ben, slug=space.slug) == list(build(ben, space.slug))


def everything(membership):
    person = membership.person
    return (
        {name: vars(membership)[name] for name in vars(membership) if name != "_state"},
        membership.group,
        {name: vars(person)[name] for name in vars(person) if name != "_state"},
        str(person.photo),
        person.get_deferred_fields(),
    )


def test_prepared_follows_relations_and_leaves_columns_out(ben, ada, space):
    def build(user, space):
        return (
            Membership.objects.filter(space=space)
            .select_related("person", "group")
            .defer("person__about")
            .order_by("pk")
        )

    found = Prepared(build)(ben, space=space.pk)

    assert [everything(it) for it in found] == [
        everything(it) for it in build(ben, space.pk)
    ]
    assert {it.group is None for it in found} == {True, False}
    found[0].person.name = "Kept"
    found[0].person.save()
    assert User.objects.get(pk=found[0].person.pk).name == "Kept"


def test_prepared_refuses_to_read_more_of_the_person(ben, space):
    prepared = Prepared(lambda user: Space.objects.filter(name=user.name))

    with pytest.raises(User.DoesNotExist):
        prepared(ben)


def test_prepared_is_never_used_for_holders_of_guest_passes(space):
    holder = AnonymousUser()
    holder.guest_thread_ids = (5,)
    prepared = Prepared(cards)

    prepared(holder, slug=space.slug)

    assert prepared.plans == {}


def test_a_prepared_query_keeps_functions_of_the_database(ben):
    SpaceFactory()
    prepared = Prepared(lambda user: Space.objects.filter(created__lte=Now()))

    assert prepared(ben) == prepared(ben) != []
