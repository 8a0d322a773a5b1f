"""Entries, each a name and its bytes, read from zips and folders, and written whole or not at all."""
