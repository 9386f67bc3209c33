import pytest
from django.urls import reverse

from carriers.mail import Letter, Postman
from conversations.actions import withdraw_message
from conversations.models import Message
from inbound.actions import receive
from inbound.catcher import keep
from inbound.models import ReceivedLetter
from tests.carriers.conftest import sink

__all__ = ["sink"]
LIST = "inbound:dev_mail_list"


@pytest.fixture(autouse=True)
def mail_folder(settings, tmp_path):
    settings.ALLIANCE_MAIL_FOLDER = tmp_path / "mail"


@pytest.fixture
def kept(told, ben, sink):
    """A letter to Ben in the run's folder, made by the real postman."""
    row = told(ben)
    with Postman() as postman:
        postman.post(
            Letter(
                to="ben@example.org",
                subject="Oda asks",
                text="How deep? <b>\n",
                html="<html><head></head><body><h1>How deep?</h1><script>x</script>",
                from_name="Forest Forum",
                reply_to=row.reply_address,
                message_id=row.message_id,
                attachments=(("plan.pdf", b"%PDF", "application/pdf"),),
            )
        )
    (to, raw) = sink.kept.pop()
    path = keep(raw, "hello@mail.alliance.example", [to])
    row.name = path.stem
    return row


def test_dev_mail_list_by_recipient(client, kept, db):
    keep(b"Subject: Hello Ada\r\n\r\nx", "a@example.org", ["ada@example.org"])

    everybody = client.get(reverse(LIST))
    bens = client.get(reverse(LIST), {"to": "ben@example.org"})

    assert [each.subject for each in everybody.context["page"]] == [
        "Hello Ada",
        "Oda asks",
    ]
    assert [each.subject for each in bens.context["page"]] == ["Oda asks"]
    assert everybody.context["addresses"] == [
        ("ada@example.org", 1),
        ("ben@example.org", 1),
    ]


def test_dev_mail_list_empty(client, db):
    assert "No mail yet" in client.get(reverse(LIST)).content.decode()


def test_dev_mail_detail_shows_all_of_it_and_trusts_none(client, kept):
    page = client.get(reverse("inbound:dev_mail_detail", args=[kept.name]))
    html = client.get(reverse("inbound:dev_mail_html", args=[kept.name]))
    file = client.get(reverse("inbound:dev_mail_file", args=[kept.name, 0]))

    assert "How deep? &lt;b&gt;" in page.content.decode()
    assert "sandbox=" in page.content.decode()
    policy = html["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    assert file.content == b"%PDF"
    assert file["Content-Disposition"] == 'attachment; filename="plan.pdf"'


def test_answering_in_the_browser_is_a_real_mail_that_comes_in(client, kept, sink):
    page = reverse("inbound:dev_mail_detail", args=[kept.name])

    response = client.post(page, {"text": "Two feet."})

    assert response.headers["Location"] == f"{reverse(LIST)}?to=ben@example.org"
    ((to, raw),) = sink.kept
    assert to == kept.reply_address
    assert receive(raw, to).value == "taken"
    answer = Message.objects.order_by("-pk").first()
    assert (answer.body, answer.author.email, answer.came_by) == (
        "Two feet.",
        "ben@example.org",
        "mail",
    )


def test_an_answer_that_cannot_leave_keeps_its_words(client, kept, settings):
    settings.EMAIL_PORT = 9
    page = reverse("inbound:dev_mail_detail", args=[kept.name])

    unsent = client.post(page, {"text": "Two feet."})
    empty = client.post(page, {"text": ""})

    assert (unsent.status_code, empty.status_code) == (422, 422)
    assert "Two feet." in unsent.content.decode()


@pytest.mark.parametrize("name", ["..", "20270301T000000000000-00000000", "a/b", "x"])
def test_only_kept_letters_are_opened(client, db, name):
    assert client.get(f"/dev/mail/{name}/").status_code in (404, 301)


def test_in_production_there_is_no_mailbox(client, kept, settings):
    settings.ALLIANCE_DEV_PAGES = False

    for address in (
        reverse(LIST),
        reverse("inbound:dev_mail_detail", args=[kept.name]),
        reverse("inbound:dev_mail_html", args=[kept.name]),
        reverse("inbound:dev_mail_file", args=[kept.name, 0]),
    ):
        assert client.get(address).status_code == 404


def test_held_letters_are_for_administrators(
    client, told, written, ben, ada, root, mailoutbox
):
    letter = told(ben)
    receive(written("Mine.", sender="ben@work.example"), letter.reply_address)
    row = ReceivedLetter.objects.get()
    address = reverse("inbound:held_decide", args=[row.pk])
    client.force_login(ada)
    assert client.get(reverse("inbound:held_list")).status_code == 403
    assert client.post(address, {"release": "1"}).status_code == 403

    client.force_login(root)
    page = client.get(reverse("inbound:held_list")).content.decode()
    # An administrator decides about the address; the words are not theirs to read.
    assert ("ben@work.example" in page, "Mine." in page) == (True, False)
    client.post(address, {"release": "1"})

    assert Message.objects.order_by("-pk").first().body == "Mine."
    assert client.post(address, {"release": "1"}).status_code == 404


def test_what_was_cut_from_a_mail_stands_behind_a_fold(
    told, written, thread, ben, oda, cleo, client
):
    raw = written("Two feet.\n\n-- \nBen\nZebra farm <b>\nben@example.org")
    receive(raw, told(ben).reply_address)
    client.force_login(oda)

    page = client.get(thread.get_absolute_url()).content.decode()

    fold = page.partition('<details class="soft small"')[2].partition("</details>")[0]
    assert "Zebra farm &lt;b&gt;" in fold
    assert "ben@example.org" not in fold
    message = Message.objects.get(author=ben)
    assert message.body == "Two feet."
    withdraw_message(message, by=ben)
    assert "Zebra" not in client.get(thread.get_absolute_url()).content.decode()
    client.force_login(cleo)
    assert client.get(thread.get_absolute_url()).status_code in (403, 404)
