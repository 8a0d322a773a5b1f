"""Entries, each a name and its bytes, read from zips and folders, and written whole or not at all."""

STANDARD_STREAM = "-"
"""What is written for standard input where something is read, and for standard output where something is written."""
