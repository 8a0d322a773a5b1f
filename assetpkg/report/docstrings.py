"""The docstrings under the fields of a class, or under the members of an enumeration: Python itself forgets them."""

import ast
import inspect
import sys
from functools import cache
from typing import Any


def field_docstrings(known: type[Any]) -> dict[str, str]:
    """Return the docstrings under the fields of a class, those that it inherits among them.

    Where assetpkg was installed without its source, there are none.
    """
    found: dict[str, str] = {}
    for ancestor in reversed(known.__mro__):
        found.update(_module_docstrings(ancestor.__module__).get(ancestor.__qualname__, {}))
    return found


def one_line(text: str) -> str:
    """Return a text with its lines, and everything else, one blank apart."""
    return " ".join(text.split())


@cache
def _module_docstrings(module: str) -> dict[str, dict[str, str]]:
    """Return the docstrings under the fields of each class of a module of assetpkg."""
    if not module.startswith("assetpkg."):
        return {}
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except OSError:
        return {}
    return {node.name: _field_docstrings(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _field_docstrings(body: ast.ClassDef) -> dict[str, str]:
    found = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        match below:
            case ast.Expr(value=ast.Constant(value=str(text))):
                found.update(dict.fromkeys(_names(field), one_line(text)))
            case _:
                pass
    return found


def _names(statement: ast.stmt) -> list[str]:
    """Return the names that a statement assigns to, with a type or without."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    elif isinstance(statement, ast.Assign):
        targets = statement.targets
    return [target.id for target in targets if isinstance(target, ast.Name)]
