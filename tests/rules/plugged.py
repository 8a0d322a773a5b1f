"""Modules for tests, as if they were installed: each text is one, under a name of its own or one that was there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from assetpkg.rules import plugins

HEAD = "import assetpkg\nfrom assetpkg import Problem, rule\n"
"""What the modules have in common."""


@contextmanager
def plugged(text: str, name: str = "acme_rules") -> Iterator[str]:
    """Have a module of this text, as if it were loaded already, and forget it afterwards."""
    module = ModuleType(name)
    exec(compile(HEAD + text, f"/somewhere/{name}.py", "exec"), vars(module))  # noqa: S102 - the plug-in of a test
    sys.modules[name] = module
    forget()
    try:
        yield name
    finally:
        del sys.modules[name]
        forget()


def forget() -> None:
    """Have every plug-in loaded anew."""
    plugins._load.cache_clear()  # noqa: SLF001 - a process has the same modules from its beginning to its end
    plugins.catalogue_with.cache_clear()
