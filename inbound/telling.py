"""Sentences about what of a mail could not be taken."""

from django.utils.translation import gettext as _

from inbound.parts import A_MAIL, LARGEST_ATTACHMENT, SEALED, TOO_LARGE, TOO_MANY
from inbound.parts import WINMAIL as WINMAIL_DAT


def left_out_words(letter):
    """What was left out of this letter and why.

    Args:
        letter: an ``inbound.letters.Letter``.

    Returns:
        list of sentences.
    """
    sentences = {
        TOO_LARGE: _("“%(name)s” is larger than %(most)d MB and was not taken."),
        TOO_MANY: _("“%(name)s” was not taken: too many files in one mail."),
        SEALED: _(
            "A part of your mail is encrypted; only you and who has the key can read "
            "it. Please send it without encryption."
        ),
        WINMAIL_DAT: _(
            "Your attachments came packed in “winmail.dat”, which only Outlook opens, "
            "and were not taken. Send the mail as HTML or plain text instead of rich "
            "text."
        ),
        A_MAIL: _(
            "A mail was attached to yours (%(name)s); its words were not taken. Copy "
            "what matters into your own mail."
        ),
    }
    most = LARGEST_ATTACHMENT // 1024 // 1024
    return [
        sentences[why] % {"name": name, "most": most} for name, why in letter.left_out
    ]
