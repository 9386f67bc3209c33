"""Letters that a mail provider hands over by HTTPS (Anymail's inbound webhooks).

Off unless the operator names a provider (``ALLIANCE_INBOUND_PROVIDERS``). Every one of
them has to know the site's own secret (HTTP basic auth); Mailgun, MailerSend and Postal
sign what they send besides, and that is checked as well. Whatever came, it ends in
``inbound.actions.receive`` like every letter.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from inbound.server import TRY_AGAIN, bring, is_ours

PROVIDERS = {
    "mailersend": "anymail.webhooks.mailersend.MailerSendInboundWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunInboundWebhookView",
    "mailjet": "anymail.webhooks.mailjet.MailjetInboundWebhookView",
    "postal": "anymail.webhooks.postal.PostalInboundWebhookView",
    "postmark": "anymail.webhooks.postmark.PostmarkInboundWebhookView",
    "sendgrid": "anymail.webhooks.sendgrid.SendGridInboundWebhookView",
    "sparkpost": "anymail.webhooks.sparkpost.SparkPostInboundWebhookView",
}


class TryAgain(Exception):
    """The letter could not be taken now; the provider brings it again."""


class Handover:
    """Stands where Anymail would send a Django signal: one letter after the other."""

    @staticmethod
    def send(sender, event, esp_name):
        """Take one letter in.

        Args:
            sender: Anymail's view.
            event: its event, with the letter as ``message``.
            esp_name: the provider's name.

        Raises:
            TryAgain: not now.
        """
        message = event.message
        recipients = [each for each in _recipients(message) if is_ours(each)]
        answers = bring(message.as_bytes(), recipients, message.envelope_sender)
        if TRY_AGAIN in answers:
            raise TryAgain


def _recipients(message):
    """Where the letter came to: the envelope says, else its own lines do."""
    if message.envelope_recipient:
        return [each.strip(" <>") for each in message.envelope_recipient.split(",")]
    named = [*(message.to or ()), *(message.cc or ())]
    return list(dict.fromkeys(each.addr_spec for each in named))


def view_of(provider):
    """Anymail's view for one provider.

    Args:
        provider: a key of ``PROVIDERS``.

    Returns:
        A Django view; None where this site has not named the provider.
    """
    if provider not in settings.ALLIANCE_INBOUND_PROVIDERS:
        return None
    # Fetched by name: their modules are many, and most sites use Postfix.
    theirs = import_string(PROVIDERS[provider])
    ours = type(f"Own{theirs.__name__}", (theirs,), {"signal": Handover})
    return ours.as_view()
