"""Makes the simulated data sets, their truths, and what their cards say by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import numpy as np
import pandas as pd

from authoring.cards import card_path, dictionary, index, read_card, with_made_part
from cxlib import catalogue
from cxlib.data import read
from cxlib.text import LANGS
from datasets import generators

Files = Iterator[tuple[Path, str]]


def simulated() -> list[str]:
    """Every data set that has a generator."""
    return sorted(module.name for module in iter_modules(generators.__path__))


def make(root: Path, names: Sequence[str] = ()) -> Iterator[Path]:
    """Write simulated data sets, their truths and the made parts of cards and index.

    Args:
        root: the folder that holds ``datasets``.
        names: the data sets to make; without any, all of them and the index.

    Yields:
        every file written.
    """
    for path, text in _files(root, names):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        yield path


def stale(root: Path, names: Sequence[str] = ()) -> list[str]:
    """Name every file that :func:`make` would write differently."""
    return [
        f"{path.relative_to(root)}: not as made; run python3 course.py build --data"
        for path, text in _files(root, names)
        if not path.is_file() or path.read_bytes() != text.encode("utf-8")
    ]


def _files(root: Path, names: Sequence[str]) -> Files:
    chosen = names or catalogue.names()
    for name in simulated():
        if name in chosen:
            yield from _simulated_files(root, name)
    for name in chosen:
        yield from _card_files(root, name)
    if not names:
        yield _index_file(root)


def _simulated_files(root: Path, name: str) -> Files:
    generator = import_module(f"{generators.__name__}.{name}")
    frame = generator.generate(np.random.default_rng(generator.SEED))
    yield root / "datasets" / f"{name}.csv", _csv(frame)
    kept = {"seed": generator.SEED, "truth": generator.TRUTH}
    yield (
        root / "datasets" / "truth" / f"{name}.json",
        json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
    )


def _csv(frame: pd.DataFrame) -> str:
    """Write a table the same way under every version of numpy, without a minus before zero."""
    tidy = frame.copy()
    floats = tidy.select_dtypes("float").columns
    tidy[floats] = tidy[floats] + 0.0
    return tidy.to_csv(index=False, lineterminator="\n", float_format="%.10g")


def _card_files(root: Path, name: str) -> Files:
    schema = catalogue.schema(name)
    frame = read(root / "datasets" / f"{name}.csv", schema)
    for lang in LANGS:
        path = card_path(root, name, lang)
        made = dictionary(frame, schema, lang, has_truth=name in simulated())
        yield path, with_made_part(path, made)


def _index_file(root: Path) -> tuple[Path, str]:
    folder = root / "datasets"
    cards = {
        name: (read_card(card_path(root, name, "vi")), read_card(card_path(root, name, "en")))
        for name in catalogue.names()
    }
    sizes = {name: read(folder / f"{name}.csv", catalogue.schema(name)).shape for name in cards}
    readme = folder / "README.md"
    return readme, with_made_part(readme, index(cards, sizes))
