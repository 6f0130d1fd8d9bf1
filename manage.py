#!/usr/bin/env python3
"""Runs Sambang's commands, such as `migrate`, `demo` and `semester_report`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "counseling.settings")
    execute_from_command_line(sys.argv)
