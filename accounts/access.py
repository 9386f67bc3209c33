"""Asking a guest to sign in, without saying whether there is anything to see."""


class SignInFirst(Exception):
    """Raised where a guest asks for something that is not open to everybody.

    Guests get the same answer for what is closed and for what does not exist.
    """
