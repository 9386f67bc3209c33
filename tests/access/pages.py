"""The wiki's part of the world."""

from datetime import date

from django.core.files.base import ContentFile

from tests.factories.files import FileFactory
from wiki.actions import create_page, delete_page, keep_draft, save_page
from wiki.actions.attaching import attach_file
from wiki.actions.caring import set_care
from wiki.actions.importing import check_import
from wiki.actions.proposing import propose_change
from wiki.care_kinds import look_path
from wiki.models import PageTemplate
from wiki.watching import letters_token


def make_pages(corner):
    """Pages of every audience, with their secrets.

    Args:
        corner: the ``Corner`` they are put into; gets ``public_page`` and the others.
    """
    public = corner.public("publicpage")
    corner.public_page = _page(corner, public, "public")
    # An old version is read under the right to see the page as it is now.
    corner.public_page = save_page(
        corner.public_page,
        by=corner.world.writer,
        body=f"Zebra {corner.public('newtext')} instead.",
        base=corner.public_page.current,
    ).page
    corner.members_page = _page(corner, corner.secret("memberspage"), "members")
    corner.guarded_page = _page(corner, corner.public("guardedpage"), "public")
    corner.guarded_page.protection = "stewards"
    corner.guarded_page.save()
    # It stands below an open page and links to one that nobody has written.
    wanted = corner.secret("wanted", {"member"})
    corner.group_page = _page(
        corner,
        corner.secret("grouppage", {"member"}),
        "group",
        audience_group=corner.farmers,
        parent=corner.public_page,
        more=f" [[Zebra {wanted}]] [[{corner.public_page.title}]]",
    )
    # Its title is told at its address; what it said is not shown while it is gone.
    gone = corner.secret("gonetext", set())
    corner.gone_page = _page(
        corner, corner.public("gonepage"), "public", more=f" {gone}"
    )
    for name in ("guarded_page", "group_page"):
        page = getattr(corner, name)
        text = f"{page.current.body} And more."
        saved = save_page(page, by=corner.world.writer, body=text, base=page.current)
        setattr(corner, name, saved.page)
    for page in (corner.public_page, corner.members_page, corner.group_page):
        _attach(corner, page)
    _attach(corner, corner.gone_page)
    delete_page(corner.gone_page, by=corner.people["steward"], reason="Twice there.")
    draft = corner.secret("pagedraft", {"member"})
    for page in (None, corner.public_page):
        keep_draft(
            corner.space,
            by=corner.people["member"],
            page=page,
            base=page and page.current,
            title=f"Zebra {draft}",
            body=f"Zebra {draft}",
        )
    # It waits: its words are its writer's and the stewards'.
    waiting = corner.secret("proposal", {"member", "steward", "facilitator"})
    corner.approval_page = _page(corner, corner.public("approvalpage"), "public")
    corner.approval_page.protection = "approval"
    corner.approval_page.save()
    corner.proposal = propose_change(
        corner.approval_page,
        by=corner.people["member"],
        body=f"Zebra {waiting} is proposed.",
        base=corner.approval_page.current,
        summary=f"Zebra {waiting}",
    )
    corner.held_import = check_import(
        corner.space,
        {"goats.md": b"# Goats\n\nThey keep it short."},
        by=corner.people["steward"],
        audience="members",
    )
    corner.template = PageTemplate.objects.create(
        space=corner.space, name="Minutes", body="## Decided"
    )
    corner.cared_page = _page(corner, corner.public("caredpage"), "public")
    corner.care = set_care(
        corner.cared_page,
        by=corner.people["steward"],
        carer=corner.people["member"],
        due=date(2026, 1, 1),
    )
    corner.care_token = look_path(corner.care, corner.people["member"]).split("/")[-2]
    corner.watch_token = letters_token(corner.public_page, corner.people["member"])
    corner.page_notices = [
        ("wiki.page_changed", corner.members_page.pk),
        ("wiki.page_changed", corner.group_page.pk),
        ("wiki.page_changed", corner.gone_page.pk),
    ]


def _attach(corner, page):
    """Two versions of a file, the second by somebody else."""
    for person in (corner.world.writer, corner.people["steward"]):
        file = FileFactory(
            space=corner.space,
            kind="document",
            name="plan.txt",
            content_type="text/plain",
            original=ContentFile(b"Zebra", name="x"),
            uploaded_by=person,
            is_draft=True,
        )
        attach_file(page, file, by=person)


def _page(corner, word, audience, more="", **fields):
    return create_page(
        corner.space,
        by=corner.world.writer,
        title=f"Zebra {word}",
        body=f"Zebra {word} says. #zebra{more}",
        audience=corner.audience(audience),
        group=corner.farmers,
        **fields,
    ).page
