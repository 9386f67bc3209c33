"""Where allauth asks us: its mails go through our carriers, its words are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.letters import send_letter
from accounts.reachability import heard_from

# The page that follows says the same; a second box would only be noise.
UNSAID = {
    "account/messages/email_confirmation_sent.txt",
    "account/messages/login_code_sent.txt",
}
# Mails on which the next page depends. Others (a notice that the password changed)
# may fail without the person being able to do anything about it.
AWAITED = {
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/login_code",
    "account/email/password_reset_code",
    "account/email/account_already_exists",
    "account/email/unknown_account",
}


class AccountAdapter(DefaultAccountAdapter):
    """allauth's defaults; our changes are small and named."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account has been closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "This address and this password do not go together. Look at both again, "
            "or let us mail you a code instead."
        ),
        "incorrect_code": _("That is not the code we sent. Look at the newest mail."),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your present password."),
        "rate_limited": _("That was a little too fast. Wait a minute and try again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait a few minutes, or set a new password by mail."
        ),
        "same_as_current": _("This is the one you have already."),
        "invalid_login": _("Please give your e-mail address."),
    }

    def send_mail(self, template_prefix, email, context):
        """Hand a mail to the carriers at once; a failure is told, never raised."""
        sent = send_letter(template_prefix, email, {**context, "email": email})
        if template_prefix in AWAITED:
            self.request.session["mail_failed"] = not sent

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Leave unsaid what the next page says anyway."""
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)

    def save_user(self, request, user, form, commit=True):
        """Store a new person; the same form sent twice at once makes one."""
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit)
        except IntegrityError:
            messages.info(
                request,
                gettext(
                    "This form reached us twice. Sign in with a code that we mail to "
                    "you."
                ),
            )
            query = {"next": request.POST["next"]} if request.POST.get("next") else {}
            raise ImmediateHttpResponse(
                redirect(f"{reverse('account_request_login_code')}?{urlencode(query)}")
            ) from None

    def confirm_email(self, request, email_address):
        """A code came back from this address: letters reach it again."""
        heard_from(email_address.email)
        return super().confirm_email(request, email_address)

    def post_login(self, request, user, **given):
        """So does signing in with a mailed code."""
        ways = request.session.get("account_authentication_methods") or [{}]
        if ways[-1].get("method") == "code" and ways[-1].get("email"):
            heard_from(ways[-1]["email"])
        return super().post_login(request, user, **given)

    def get_password_change_redirect_url(self, request):
        """Back to one's account."""
        return reverse("accounts:account_home")

    def get_email_verification_redirect_url(self, email_address):
        """After a changed address: back to one's account."""
        if self.request.user.is_authenticated:
            return reverse("accounts:account_home")
        return super().get_email_verification_redirect_url(email_address)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in with an account held elsewhere (OIDC)."""

    def populate_user(self, request, sociallogin, data):
        """Take the name the provider gives; our people have one name, not two."""
        user = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name"), data.get("last_name")]
        name = data.get("name") or " ".join(part for part in parts if part)
        user.name = name[:120]
        return user


class MFAAdapter(DefaultMFAAdapter):
    """Second steps and passkeys."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right, or it is no longer good."),
    }

    def generate_authenticator_name(self, user, type):
        """A name for a new passkey that a person would give."""
        return gettext("My passkey")
