"""The photo of something that is being written: taken in once, also when the rest of
the form has to be looked at again."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from files.actions import describe, upload
from files.models import File, Incoming
from files.recordings import kind_of
from files.removing import remove_incoming
from files.uploading import opened


def photo_of(form, space, *, by):
    """The photo to hang on what is written.

    Args:
        form: a valid ``PhotoForm``.
        space: where it will be shown.
        by: who brings it.

    Returns:
        a draft ``File``, or None.
    """
    prepared = form.cleaned_data.get("photo")
    alt = form.cleaned_data.get("alt", "")
    if prepared is not None:
        return upload(space, prepared, by=by, alt=alt)
    kept = _kept(form, space, by)
    if kept is not None and kept.alt != alt:
        kept.alt = alt
        kept.save(update_fields=["alt"])
    return kept


def keep_photo(form, space, *, by):
    """A browser forgets a chosen file with every answer: keep it for the next try.

    Args:
        form: a ``PhotoForm`` that is sent back.
        space, by: as for ``photo_of``.
    """
    kept = _kept(form, space, by)
    prepared = form.cleaned_data.get("photo")
    if prepared is not None:
        kept = upload(space, prepared, by=by, alt=form.cleaned_data.get("alt", ""))
    if kept is not None:
        form.keep(kept)


def _kept(form, space, by):
    number = form.cleaned_data.get("kept_photo")
    if not number:
        return None
    drafts = File.objects.filter(space=space, uploaded_by=by, is_draft=True)
    return drafts.filter(pk=number, kind=File.Kind.PHOTO).first()


def take_media(form):
    """Everything that came with a form, now or before, as draft files.

    What cannot be taken is said at its field; the rest stays.

    Args:
        form: a ``MediaForm`` that is being cleaned, with ``space`` and ``user``.

    Returns:
        list of ``File``, in the order they came.
    """
    said = form.cleaned_data
    files = _kept_media(form, said.get("kept", ""))
    for field in ("photos", "recordings"):
        for sent in said.get(field) or ():
            files += _taken(form, field, sent)
    tokens = [token for token in said.get("arrived", "").split(",") if token][:20]
    incoming = Incoming.objects.filter(
        token__in=tokens, space=form.space, uploaded_by=form.user
    )
    for each in sorted(incoming, key=lambda each: tokens.index(each.token)):
        if not each.is_whole:
            words = _("“%(name)s” has not arrived whole. Choose it again.")
            form.add_error("recordings", words % {"name": each.name})
            continue
        with opened(each) as sent:
            files += _taken(form, "recordings", sent)
        remove_incoming(each)
    _describe(files, said.get("shown", ""), by=form.user)
    return files


def _kept_media(form, numbers):
    numbers = [int(each) for each in numbers.split(",") if each.isdecimal()][:50]
    drafts = File.objects.filter(
        space=form.space,
        uploaded_by=form.user,
        is_draft=True,
        pk__in=[number for number in numbers if number < 2**62],
    )
    return sorted(drafts, key=lambda file: numbers.index(file.pk))


def _taken(form, field, sent):
    try:
        kind = kind_of(sent) or File.Kind.PHOTO
        if kind == File.Kind.PHOTO and field == "recordings" and not _is_picture(sent):
            kind = File.Kind.SOUND  # refused in the words of what was asked for
        return [upload(form.space, sent, by=form.user, kind=kind)]
    except ValidationError as fault:
        words = {"name": sent.name, "reason": " ".join(fault.messages)}
        form.add_error(field, _("“%(name)s” was not added: %(reason)s") % words)
        return []


def _is_picture(sent):
    name = (sent.name or "").lower()
    return name.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic"))


def _describe(files, lines, *, by):
    photos = [file for file in files if file.kind == File.Kind.PHOTO]
    told = [line.strip() for line in lines.splitlines() if line.strip()]
    for photo, words in zip(photos, told, strict=False):
        if photo.alt != words:
            describe(photo, by=by, words=words)
