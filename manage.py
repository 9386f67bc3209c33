#!/usr/bin/env python3
"""Django's command line for Alliance."""

import os
import sys

from django.core.management import execute_from_command_line

from alliance.launch.running import lend

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
    # In a second terminal, work on what `make run` shows in the browser.
    lend(os.environ)
    execute_from_command_line(sys.argv)
