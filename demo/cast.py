"""Makes the people of the demo and lets them into its spaces."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.demo import DEMO_DOMAIN, DEMO_PASSWORD
from accounts.models import User
from demo.texts.people import FOREST_PEOPLE, OTHERS, SIGN_INS
from spaces.actions.admitting import admit
from spaces.models import Membership


def address_of(key):
    """The address of a person of the demo; those who sign in have a telling one."""
    alias, _ = SIGN_INS.get(key, (key, ""))
    return f"{alias}@{DEMO_DOMAIN}"


def make_people(now):
    """Make everybody who has an account.

    Args:
        now: the moment of loading.

    Returns:
        dict of key to ``User``.
    """
    # Hashed once: the slow part, and they share the password anyway.
    known_password, no_password = make_password(DEMO_PASSWORD), make_password(None)
    people = {}
    for person in [*FOREST_PEOPLE, *OTHERS]:
        people[person.key] = User(
            email=address_of(person.key),
            password=known_password if person.key in SIGN_INS else no_password,
            name=person.name,
            time_zone=person.zone,
            organisation=person.organisation,
            languages=list(person.languages),
            helps_with=person.helps_with,
            about=person.about,
            joined=now - timedelta(days=person.joined + 2),
            is_staff=person.key == "samuel",
            is_superuser=person.key == "samuel",
        )
    User.objects.bulk_create(people.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in people.values()
    )
    return people


def let_in(space, people, *, by, joined, groups=None):
    """Make people members, some time ago, still undisturbed by notices.

    Args:
        space: the space.
        people: dict of key to ``User``.
        by: who let them in.
        joined: dict of key to the moment.
        groups: dict of key to ``StakeholderGroup``.
    """
    groups = groups or {}
    for key, moment in joined.items():
        person = people[key]
        admit(
            space,
            person,
            by=by,
            via="invitation",
            group=groups.get(key),
            invited_by=by,
            accepts_rules=True,
            is_welcomed=False,
        )
        space.memberships.filter(person=person).update(
            joined=moment,
            rules_accepted=moment,
            since_last_delivered=moment,
            group=groups.get(key),
        )
    hush(space)


def hush(space):
    """Nobody hears of the past while it is written."""
    space.memberships.update(
        notice_level=Membership.NoticeLevel.NOTHING, mails_at_once=False
    )


def listen(space, moments):
    """Those who can sign in hear of the space again; nobody reads the others' mail.

    Args:
        space: the space.
        moments: dict of user id to the moment of that person's newest digest.
    """
    space.memberships.exclude(person__in=moments).update(digest="off")
    for pk, moment in moments.items():
        space.memberships.filter(person=pk).update(
            notice_level=Membership.NoticeLevel.CONCERNED,
            mails_at_once=True,
            since_last_delivered=moment,
        )
