"""The wiki's part of the world."""

from wiki.actions import create_page, delete_page, keep_draft, save_page


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
    corner.page_notices = [
        ("wiki.page_changed", corner.members_page.pk),
        ("wiki.page_changed", corner.group_page.pk),
        ("wiki.page_changed", corner.gone_page.pk),
    ]


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
