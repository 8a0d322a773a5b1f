"""Copies without credentials: every one of them replaced by a placeholder, and every other byte kept.

A copy is made in rounds. Credentials are found where detection finds them, and given names; then they are replaced
there, and wherever else in the package the same text is written, until a round finds nothing. Afterwards the result
is searched for each of them in all its encodings, and only a copy that has none of them is handed out.
"""
