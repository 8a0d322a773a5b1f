"""Layouts of other programs: declared in files that people read and keep, recognised by marks, applied exactly."""
