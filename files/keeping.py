"""The photo of something that is being written: taken in once, also when the rest of
the form has to be looked at again."""

from files.actions import upload
from files.models import File


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
