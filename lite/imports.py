"""Which libraries each cell of a notebook reaches through ``cxlib``, found without running it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

COURSE: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = "cxlib"


@dataclass(frozen=True)
class Module:
    """One module of ours: what it imports at once, by name, and the statements of its own."""

    imports: Mapping[str, str]
    statements: Mapping[str, ast.stmt]
    names: Mapping[str, str]


def libraries(cells: Sequence[str]) -> list[frozenset[str]]:
    """Return for each cell the libraries that it may import, at once or when a lab is moved."""
    trees = [ast.parse(cell) for cell in cells]
    names = {name: target for tree in trees for name, target in _imports(tree)}
    return [_reached(_used(tree, names)) for tree in trees]


def _reached(targets: Iterable[str]) -> frozenset[str]:
    """Follow names of ours to what they use, until only names of libraries are left."""
    ahead, seen = set(targets), set[str]()
    while ahead:
        name = ahead.pop()
        seen.add(name)
        ahead |= _behind(name) - seen
    tops = {name.split(".")[0] for name in seen}
    return frozenset(tops - sys.stdlib_module_names - {PACKAGE})


@cache
def _behind(name: str) -> frozenset[str]:
    """What a name of ours needs directly: what its module imports, and what defines it."""
    home, symbol = _home(name)
    if not home:
        return frozenset()
    module = _read(home)
    homes = ((_home(target)[0], target) for target in module.imports.values())
    at_once = frozenset(f"{module}." if module else target for module, target in homes)
    if symbol in module.statements:
        return at_once.union(_used(module.statements[symbol], module.names))
    return at_once.union([module.imports[symbol]] if symbol in module.imports else [])


def _used(node: ast.AST, names: Mapping[str, str]) -> Iterator[str]:
    """What a piece of code refers to, by full name."""
    yield from (target for _, target in _imports(node))
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) if name in names:
                yield names[name]
            case ast.Attribute(value=ast.Name(id=name), attr=symbol) if name in names:
                yield f"{names[name]}.{symbol}"


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Names that are imported at run time, inside functions too, and what they stand for."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Import):
        yield from ((alias.asname or alias.name, alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"
    for child in ast.iter_child_nodes(node):
        yield from _imports(child)


def _home(name: str) -> tuple[str, str]:
    """Split a full name into a module of ours and a symbol in it; ``""`` where there is none.

    A lab may bear the name of its module: ``a.b`` is then the lab, ``a.b.`` the module.
    """
    if name.split(".")[0] != PACKAGE:
        return "", ""
    module, _, symbol = name.rpartition(".")
    if module and symbol in _read(module).names:
        return module, symbol
    return (name, "") if _file(name) else (module, "") if not symbol else _home(module)


@cache
def _file(module: str) -> Path | None:
    place = COURSE / module.replace(".", "/")
    files = (place.with_suffix(".py"), place / "__init__.py")
    return next(filter(Path.is_file, files), None)


@cache
def _read(module: str) -> Module:
    file = _file(module)
    body = ast.parse(file.read_text("utf-8") if file else "").body
    at_once = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    imports = {name: target for node in at_once for name, target in _imports(node)}
    statements = {name: node for node in body for name in _defined(node)}
    own = {name: f"{module}.{name}" for name in statements}
    return Module(imports, statements, imports | own)


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))
