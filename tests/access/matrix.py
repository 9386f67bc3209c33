"""Who may open which door: one line per URL of the project.

Each URL is put under a *door*. A door says, for every member of the cast and every
openness of a space, what must happen:

``yes``   the page is served, or its form answered
``login`` sent to sign in (whether or not there is anything to see)
``no``    403, with a reason
``none``  404, as if it did not exist
"""

CAST = [
    "guest",
    "outsider",
    "invited",
    "requested",
    "banned",
    "other_group",
    "member",
    "steward",
    "facilitator",
    "admin",
]
OPENNESS = ["open", "listed", "hidden"]
INSIDE = ["other_group", "member", "steward", "facilitator"]


def row(default, **answers):
    """One answer per person; ``default`` for those not named."""
    return {person: answers.get(person, default) for person in CAST}


def signed_in(answer="yes"):
    """Everybody with an account, whatever the space."""
    return dict.fromkeys(OPENNESS, row(answer, guest="login"))


def everybody():
    return dict.fromkeys(OPENNESS, row("yes"))


def card():
    """A space's card: hidden spaces are known to members, invited people, admins."""
    hidden = row("none", guest="login", invited="yes", admin="yes")
    return {
        "open": row("yes"),
        "listed": row("yes"),
        "hidden": hidden | dict.fromkeys(INSIDE, "yes"),
    }


def read():
    """Content: open to all, else to members; who sees the card hears why not."""
    listed = row("no", guest="login") | dict.fromkeys(INSIDE, "yes")
    hidden = row("none", guest="login", invited="no", admin="no") | dict.fromkeys(
        INSIDE, "yes"
    )
    return {"open": row("yes"), "listed": listed, "hidden": hidden}


def only(*people, outside="no"):
    """Inside a space, for these people only; the others inside hear why not."""
    doors = {}
    for openness, answers in read().items():
        doors[openness] = {
            person: (
                "yes"
                if person in people
                else "login"
                if person == "guest"
                else outside
                if answers[person] == "yes"
                else answers[person]
            )
            for person in CAST
        }
    return doors


def members():
    return only(*INSIDE)


def stewards():
    return only("steward", "facilitator")


def own_import():
    """What a steward has brought; others who may bring do not know of it."""
    return {
        openness: answers | {"facilitator": "none"}
        for openness, answers in only("steward").items()
    }


def facilitators():
    return only("facilitator")


def group_item():
    """An item for one stakeholder group: the others inside do not know of it."""
    return only("member", outside="none")


def own_draft():
    """A draft: its writer's alone."""
    return only("member", outside="none")


def own_upload():
    """A file under way: whose it is, and nobody else."""
    return dict.fromkeys(OPENNESS, row("none", guest="login", member="yes"))


def own_proposal(**answers):
    """A proposal for a page: its writer's, and those who decide."""
    doors = only("member", "steward", "facilitator", outside="none")
    return {openness: people | answers for openness, people in doors.items()}


def admins():
    """Site administration: for others it does not exist."""
    return dict.fromkeys(OPENNESS, row("no", guest="login", admin="yes"))


def nobody():
    """Not there in this kind of run."""
    return dict.fromkeys(OPENNESS, row("none"))


def card_signed_in():
    """The card, for what asks for an account."""
    return _signed_in(card())


def read_signed_in():
    """The content, for what asks for an account."""
    return _signed_in(read())


def _signed_in(doors):
    return {
        openness: answers | {"guest": "login"} for openness, answers in doors.items()
    }


def members_item():
    """A members' item: in an open space the others inside do not know of it."""
    return only(*INSIDE, outside="none")


def known_to(*people):
    """Fetched without the space: for everybody else it does not exist."""
    return dict.fromkeys(
        OPENNESS, row("none", guest="login", **dict.fromkeys(people, "yes"))
    )


def public_of_its_own():
    """A public item fetched without its space; never wider than that."""
    return known_to(*INSIDE) | {"open": row("yes")}


def file_of(audience):
    """A file: fetched by itself, so whoever may not see it is told 404."""
    closed = known_to(*(["member"] if audience == "group" else INSIDE))
    if audience == "public":
        return closed | {"open": row("yes")}
    return closed


def part_of_members_item(*people):
    """Something done to a members' item: the others inside hear why not."""
    doors = members_item()
    return {
        openness: answers | {name: "no" for name in INSIDE if name not in people}
        for openness, answers in doors.items()
    }


def part_of_group_item(*people):
    """Something done to a group's item: who sees it hears why not."""
    doors = group_item()
    if "member" in people:
        return doors
    return {openness: answers | {"member": "no"} for openness, answers in doors.items()}


def opens_tags():
    """Facilitators, where anybody may read the space anyway."""
    doors = facilitators()
    for openness in ("listed", "hidden"):
        doors[openness] = doors[openness] | {"facilitator": "no"}
    return doors


def open_feed():
    """For programs that cannot sign in: where the space is not open there is none."""
    doors = read()
    for openness in ("listed", "hidden"):
        doors[openness] = doors[openness] | dict.fromkeys(INSIDE, "none")
    return doors
