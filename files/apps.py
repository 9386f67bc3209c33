from django.apps import AppConfig

from files import checks


class FilesConfig(AppConfig):
    name = "files"
    checks = checks  # registered by being imported
