"""What a person wrote, out of what their mail program made of it. No database."""

import time

import pytest

from inbound.quoting import split
from notifications.letters import preview_of

DOMAIN = "mail.alliance.example"
OURS = """> ~~~ Write your answer above this line ~~~
>
> Oda Lund asks:
>
> How deep do you dig?
>
> -- 
> Alliance · Forest Forum
"""
LETTERS = {
    "gmail": f"""Two feet, my friend.

On Mon, 23 Nov 2026 at 07:00, Forest Forum <hello@{DOMAIN}> wrote:

{OURS}""",
    "gmail, wrapped": f"""Two feet, my friend.

On Mon, 23 Nov 2026 at 07:00, Forest Forum with a long name indeed <
hello@{DOMAIN}> wrote:

{OURS}""",
    "german": f"""Two feet, my friend.

Am Mo., 23. Nov. 2026 um 07:00 Uhr schrieb Forest Forum <hello@{DOMAIN}>:

{OURS}""",
    "spanish": f"""Two feet, my friend.

El lun, 23 nov 2026 a las 7:00, Forest Forum <hello@{DOMAIN}>
escribió:

{OURS}""",
    "portuguese": f"""Two feet, my friend.

Forest Forum <hello@{DOMAIN}> escreveu (segunda, 23/11/2026 à(s) 07:00):

{OURS}""",
    "swahili": f"""Two feet, my friend.

Mnamo Jtt, 23 Nov 2026 07:00 Forest Forum <hello@{DOMAIN}> aliandika:

{OURS}""",
    "outlook": f"""Two feet, my friend.

________________________________
From: Forest Forum <hello@{DOMAIN}>
Sent: Monday, November 23, 2026 7:00 AM
To: Ben Tetteh <ben@example.org>
Subject: How deep do you dig?

~~~ Write your answer above this line ~~~

Oda Lund asks:

How deep do you dig?
""",
    "outlook in french": f"""Two feet, my friend.

De : Forest Forum <hello@{DOMAIN}>
Envoyé : lundi 23 novembre 2026 07:00
À : Ben Tetteh <ben@example.org>
Objet : How deep do you dig?

~~~ Écrivez votre réponse au-dessus de cette ligne ~~~

Oda Lund asks:
""",
    "nothing but words": "Two feet, my friend.\n",
    "a signature": "Two feet, my friend.\n\n-- \nBen Tetteh\nFarmer\n",
    "a phone": "Two feet, my friend.\n\nSent from my iPhone\n",
    "no delimiter, no marks": f"""Two feet, my friend.

On Mon, 23 Nov 2026 at 07:00, Forest Forum <hello@{DOMAIN}> wrote:
""",
}


@pytest.mark.parametrize("program", LETTERS)
def test_own_words(program):
    assert split(LETTERS[program], domain=DOMAIN).own == "Two feet, my friend."


@pytest.mark.parametrize(
    "quote",
    [
        f"{preview_of('Oda asks: How deep?')}\n{OURS}",
        f"> {preview_of('Oda asks: How deep?')}\n> {OURS}",
        f"{preview_of('Oda asks: How deep?').replace(' ', chr(10))}\n{OURS}",
    ],
    ids=["bare", "marked", "broken into lines"],
)
def test_what_a_mailbox_shows_is_known_again(quote):
    """It stands above the line under which everything is ours."""
    cut = split(f"Two feet, my friend.\n\n{quote}\n", domain=DOMAIN)

    assert cut.own == "Two feet, my friend."
    assert "Oda asks" not in cut.trimmed


def test_words_below_the_quote_are_kept():
    text = f"""On Mon, 23 Nov 2026 at 07:00, Forest Forum <hello@{DOMAIN}> wrote:

{OURS}
Two feet, my friend.
"""

    assert split(text, domain=DOMAIN).own.endswith("Two feet, my friend.")


def test_answers_between_the_quotes_keep_what_they_answer():
    text = """> How deep do you dig?

Two feet.

> And how wide?

Ten.

-- 
Ben
"""

    assert split(text, domain=DOMAIN).own == (
        "> How deep do you dig?\nTwo feet.\n\n\n> And how wide?\nTen."
    )


@pytest.mark.parametrize(
    "text",
    [
        "On Monday we met. 3 people came:\n\nAda, Ben and Oda.",
        "Here is the list:\n- one\n- two",
        "I agree with Ada.\n\nFrom: the chief we heard nothing.",
        "~~~\ncode\n~~~",
        "Prices 2026:\n\nmaize 3.50",
        "Yes",
    ],
)
def test_what_only_looks_like_a_quote_is_kept(text):
    assert split(text, domain=DOMAIN).own == text


def test_lines_a_program_broke_inside_a_quote_are_no_answer():
    text = f"""Two feet, my friend.

On Mon, 23 Nov 2026, Forest Forum <hello@{DOMAIN}> wrote:
> This is a very long line of the letter that was quoted and then broken by
the program
> and goes on here.
"""

    assert split(text, domain=DOMAIN).own == "Two feet, my friend."


@pytest.mark.parametrize(
    "text",
    ["> " * 50_000, "a:" * 50_000, "On " * 60_000, "\n" * 100_000, "-" * 100_000,
     "On 1 Jan 2026 x <a@b.c> " * 5_000 + "wrote:", "From: a\n" * 20_000,
     ("> a\nb\n" * 20_000)],
)  # fmt: skip
def test_hostile_texts_take_no_time(text):
    begin = time.perf_counter()
    split(text, domain=DOMAIN)

    assert time.perf_counter() - begin < 3
