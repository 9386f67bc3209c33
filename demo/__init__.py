"""The demo: a believable alliance to look at, made by ``manage.py load_demo``."""
