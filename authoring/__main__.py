"""The author's command, ``python3 course.py build [NN …]``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Final

from authoring import coverage, data, outline, pairs
from authoring.build import Target, build, sources, state, strays, targets, write
from authoring.source import Source, SourceError

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE_FOLDERS: Final = ("notebooks/source", "exercises/source")
MEND: Final = "run python3 course.py build"


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Do what the command line asks; the result is the exit status."""
    options = _parser().parse_args(arguments)
    if options.data:
        return _data(root, options.names, only_check=options.check)
    lessons = set(options.names)
    try:
        chosen = _chosen_sources(root, lessons)
        if options.checked:
            _mark_checked(chosen)
            chosen = _chosen_sources(root, lessons)
        outdated_outline = outline.is_stale(root, lessons)
        if outdated_outline and not options.check:
            outline.write(root, lessons)
        outdated_coverage = coverage.is_stale(root)
        if outdated_coverage and not options.check:
            coverage.write(root)
        wanted = [t for t in targets(root) if not lessons or t.source.lesson in lessons]
        problems = [problem for source in chosen for problem in pairs.problems(source)]
        problems += [f"{path.relative_to(root)}: no source, delete it" for path in strays(root)]
        if problems:
            return _report(problems)
        if options.check:
            outdated = [(target.name, state(target)) for target in wanted]
            if outdated_outline:
                outdated.append((outline.path(root).name, "older than its sources"))
            if outdated_coverage:
                outdated.append((coverage.path(root).name, "older than its sources"))
            return _report([f"{name}: {what}; {MEND}" for name, what in outdated if what])
        _build_all([t for t in wanted if options.force or state(t)])
    except SourceError as error:
        return _report([str(error)])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 course.py build",
        description="Build the Vietnamese and English notebooks of lessons and exercises from "
        "notebooks/source and exercises/source. Notebooks that are up to date are left alone.",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NN",
        help="two-digit lesson numbers, or with --data names of data sets (all when none is given)",
    )
    parser.add_argument(
        "--data",
        action="store_true",
        help="instead of notebooks, make the simulated data and the made parts of data cards",
    )
    parser.add_argument(
        "--checked",
        action="store_true",
        help="note that you have compared every English cell with the Vietnamese as it is now",
    )
    parser.add_argument(
        "--check", action="store_true", help="build nothing, only name what is out of date"
    )
    parser.add_argument(
        "--force", action="store_true", help="build also what seems to be up to date"
    )
    return parser


def _data(root: Path, names: Sequence[str], *, only_check: bool) -> int:
    try:
        if only_check:
            return _report(data.stale(root, names))
        for path in data.make(root, names):
            print(f"made     {path.relative_to(root)}")
    except (LookupError, OSError, ValueError) as error:
        return _report([str(error)])
    return 0


def _chosen_sources(root: Path, lessons: set[str]) -> list[Source]:
    standing = [source for folder in SOURCE_FOLDERS for source in sources(root / folder)]
    if unknown := lessons - {source.lesson for source in standing}:
        known = ", ".join(sorted({source.lesson for source in standing})) or "none yet"
        raise SourceError(f"no lesson {', '.join(sorted(unknown))}; there are: {known}")
    return [source for source in standing if not lessons or source.lesson in lessons]


def _mark_checked(chosen: Sequence[Source]) -> None:
    for source in chosen:
        for pair in pairs.mark_checked(source):
            print(f"checked  {pair.vi.name}")


def _build_all(outdated: Sequence[Target]) -> None:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for line in pool.map(_build_one, outdated):
            print(line, flush=True)
    if not outdated:
        print("Every notebook is up to date.")


def _build_one(target: Target) -> str:
    started = perf_counter()
    write(build(target), target.path)
    return f"built    {target.name}  ({perf_counter() - started:.1f} s)"


def _report(messages: Sequence[str]) -> int:
    """Print what stands in the way; the result is the exit status."""
    for message in messages:
        print(message, file=sys.stderr)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main())
