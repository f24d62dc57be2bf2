"""Measures the course's speed: ``python3 course.py bench``, on an otherwise idle machine."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import classroom, files, models, pages
from tests.bench.measures import table
from tests.pages.visiting import chromium, course_server


def main() -> None:
    """Measure the models, the reader of files, the lessons, then a class."""
    print(table(models.measures()), end="\n\n", flush=True)
    print(table(files.measures()), end="\n\n", flush=True)
    with (
        TemporaryDirectory() as folder,
        course_server(Path(folder) / "server.log") as server,
        chromium() as browser,
    ):
        print(table(pages.measures(server, browser)), end="\n\n", flush=True)
        print(table(classroom.measures(server, browser)), flush=True)


if __name__ == "__main__":
    main()
