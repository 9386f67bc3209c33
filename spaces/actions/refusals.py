"""A verb that could not be done, with the reason in words."""


class Refused(Exception):
    """Raised by an action where the state of things does not allow it.

    ``str()`` of it is a translated sentence for the person, which says what to do
    next. Rights are another matter (``PermissionDenied``).
    """
