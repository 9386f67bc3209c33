"""What people do in several journeys: the words of the pages stand here once."""

from email.message import EmailMessage
from email.utils import parseaddr

from playwright.sync_api import expect

from inbound.actions import receive
from tests.accounts.mails import last_code


def give_account(page, name, address):
    """Fill in the sign-up form that is open, and the code from the mail.

    Args:
        page: a page that shows "Make an account".
        name: what others call this person.
        address: where the code goes.
    """
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill("three brave kettles")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    give_code(page, address)


def give_code(page, address):
    """Type the newest code that was sent to an address."""
    page.get_by_label("Code", exact=True).fill(last_code(address))
    page.get_by_role("button", name="Go on").click()


def tab(page, name):
    """Go to a part of the space."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()


def post(page, words, talk=None):
    """Say something in the exchange, from anywhere in the space."""
    tab(page, "Exchange")
    page.get_by_label("Ask, tell, offer something").fill(words)
    if talk:
        page.get_by_role("radio", name=talk).check(force=True)
    page.get_by_role("button", name="Post", exact=True).click()


def tell_story(page, title, body, did_not_work):
    """Write a story and publish it, from anywhere in the space."""
    tab(page, "Stories")
    page.get_by_role("link", name="Tell a story").or_(
        page.get_by_role("link", name="Tell the first one")
    ).first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("What happened").fill(body)
    page.get_by_label("What did not work").fill(did_not_work)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def write_page(page, title, body):
    """Begin a wiki page, from anywhere in the space."""
    tab(page, "Wiki")
    page.get_by_role("link", name="New page").or_(
        page.get_by_role("link", name="Write the first page")
    ).first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text").fill(body)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def change_page(page, title, body, summary):
    """Edit the wiki page that is open."""
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Text").fill(body)
    page.get_by_label("What did you change?").fill(summary)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def answer_mail(mail, words, message_id):
    """Answer a mail the way a mail program does: quoted, with Re:, to Reply-To.

    Args:
        mail: the ``EmailMessage`` of Django's outbox.
        words: what the person writes above the quotation.
        message_id: of the answer.

    Returns:
        What ``inbound.actions.receive`` says became of it.
    """
    sent = mail.message()
    to = parseaddr(str(sent["Reply-To"]))[1]
    answer = EmailMessage()
    answer["From"] = mail.to[0]
    answer["To"] = to
    answer["Subject"] = f"Re: {mail.subject}"
    answer["Message-ID"] = message_id
    answer["In-Reply-To"] = answer["References"] = str(sent["Message-ID"])
    quoted = "\n".join(f"> {line}" for line in mail.body.splitlines())
    answer.set_content(f"{words}\n\nOn Monday, {sent['From']} wrote:\n{quoted}\n")
    return receive(answer.as_bytes(), to)
