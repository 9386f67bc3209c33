"""Every sample of the mail programs of the world. No database."""

import pytest

from inbound.letters import parse
from inbound.quoting import split, veiled, without_ours
from tests.inbound.corpus import DOMAIN, TONGUES, letters, ours, words

SAMPLES = list(letters())


def test_the_corpus_is_large():
    assert len(SAMPLES) >= 100
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_own_words_and_nothing_lost(sample):
    letter = parse(sample.raw)

    assert letter.text == sample.expected
    kept = f"{letter.text}\n{letter.trimmed}"
    assert [line for line in sample.lines if line.strip() not in kept] == []


@pytest.mark.parametrize("language", TONGUES)
def test_answers_inside_an_unmarked_quote_are_found(language):
    """Outlook and Yahoo quote without marks; our own lines are known by their words."""
    tongue = TONGUES[language]
    sent = ours(tongue)
    answered = sent.replace(
        "third dry year on the ridge.", "third dry year on the ridge.\n\nYes, in May!"
    )

    cut = split(f"{words(tongue)}\n\n{tongue.original}\n{answered}", domain=DOMAIN)

    assert cut.own == words(tongue)
    assert without_ours(cut.trimmed, [sent]) == "Yes, in May!"


def test_what_is_kept_beside_the_words_holds_no_secret():
    text = (
        f"From: reply+0123456789abcdef@{DOMAIN}\n"
        "Fewer: https://alliance.example/s/forest/mail/5:secret\n"
        "Call 0200 and see https://example.org/x"
    )

    assert veiled(text, site="https://alliance.example") == (
        "From: …\nFewer: https://alliance.example/…\n"
        "Call 0200 and see https://example.org/x"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Sent from the field with my thanks",
        "From: the chief we heard nothing.",
        "On 3 March 2026 the river rose:",
        "Le 3 mars la rivière est montée :",
        "-- so it was",
        "> is greater than <",
        "Enviado pelo chefe",
        "Von meinem Vater gelernt",
    ],
)
def test_lines_that_only_look_like_a_programs_are_kept(line):
    """At the top, in the middle and at the end; with a quote below and without."""
    quote = (
        f"On Mon, 23 Nov 2026 at 07:00, F <hello@{DOMAIN}> wrote:\n"
        "> ~~~ Write your answer above this line ~~~\n> How deep?"
    )
    for text in (
        f"{line}\n\nTwo feet.",
        f"Two feet.\n\n{line}\n\nThen three.",
        f"Two feet.\n\n{line}",
    ):
        for letter in (text, f"{text}\n\n{quote}"):
            cut = split(letter, domain=DOMAIN)
            assert line in f"{cut.own}\n{cut.trimmed}"
            assert "Two feet." in cut.own
