"""Pages about the person who looks; signing in and its keys are allauth's."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from accounts import actions
from accounts.forms import LanguageForm, ProfileForm
from accounts.languages import A_YEAR, remember_language
from accounts.models import User
from accounts.photos import SIZES, name_of
from accounts.zones import zone_names


@require_safe
def account_home(request):
    """Everything about one's account, each with what it stands at."""
    user = request.user
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return render(
        request,
        "accounts/account_home.html",
        {
            "has_password": user.has_usable_password(),
            "has_app": Authenticator.Type.TOTP in kinds,
            "key_count": kinds.count(Authenticator.Type.WEBAUTHN),
            "session_count": UserSession.objects.filter(user=user).count(),
            "waiting_address": EmailAddress.objects.filter(user=user, verified=False)
            .exclude(email=user.email)
            .first(),
            "has_providers": bool(get_adapter(request).list_apps(request)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request):
    """What others see of this person, and how they want to read."""
    # A row of its own: a refused form must not change the name in the page's head.
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        instance=person,
    )
    if request.method == "POST" and form.is_valid():
        actions.save_profile(
            form.instance,
            by=request.user,
            fields=form.Meta.fields,
            photo=form.cleaned_data["photo"],
            remove_photo=form.cleaned_data.get("remove_photo", False),
        )
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile_edit")
    return render(
        request,
        "accounts/profile_edit.html",
        {"form": form, "person": request.user, "zone_names": zone_names()},
        status=422 if form.errors else 200,
    )


@login_not_required
@require_safe
@cache_control(private=True, max_age=A_YEAR, immutable=True)
def photo(request, pk, version, size):
    """A square of a person's photo.

    Its address holds 96 random bits and is printed only on pages that show the person,
    so whoever may see such a page may see the photo, and nobody else can ask for it
    (docs/decisions/profile-photos.md). A changed or removed photo ends its address.
    """
    person = get_object_or_404(User.objects.pictured(version), pk=pk)
    if size not in SIZES:
        raise Http404
    try:
        with person.photo.storage.open(name_of(version, size)) as square:
            # A few kilobytes: read at once, so that no file stays open.
            return HttpResponse(square.read(), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def language_set(request):
    """Choose the language of the site: a cookie for guests, the profile for others.

    A page of its own, linked from the foot of every page: a form there would carry a
    token, and no page for guests could be answered with "not modified" any more.
    """
    if request.method != "POST":
        return render(
            request, "accounts/language_set.html", {"next": _safe_next(request.GET)}
        )
    form = LanguageForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This site does not speak that language yet."))
        return redirect("accounts:language_set")
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        actions.set_language(request.user, language=language, by=request.user)
    return remember_language(request, redirect(_safe_next(request.POST)), language)


def _safe_next(values):
    # Paths only: an address with a host never leads out of the site, and a word would
    # be looked for among the names of our pages.
    target = values.get("next", "")
    is_path = target.startswith("/") and url_has_allowed_host_and_scheme(target, None)
    return target if is_path else "/"
