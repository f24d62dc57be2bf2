"""Measures the course's speed: ``python3 course.py bench``, on an otherwise idle machine."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import alone, classroom, files, models, pages
from tests.bench.measures import table
from tests.pages import plain_files
from tests.pages.visiting import chromium, course_server


def main() -> None:
    """Measure the models, the reader of files, the lessons, a class, then the browser alone."""
    print(table(models.measures()), end="\n\n", flush=True)
    print(table(files.measures()), end="\n\n", flush=True)
    with (
        TemporaryDirectory() as folder,
        course_server(Path(folder) / "server.log") as server,
        chromium() as browser,
    ):
        print(table(pages.measures(server, browser)), end="\n\n", flush=True)
        print(table(classroom.measures(server, browser)), end="\n\n", flush=True)
    with TemporaryDirectory() as folder:
        site, pyodide = Path(folder) / "site", plain_files.download_pyodide(Path(folder))
        plain_files.build_site(pyodide, site)
        with plain_files.served(site, Path(folder) / "log") as server, chromium() as browser:
            print(table(alone.measures(server, browser)), flush=True)


if __name__ == "__main__":
    main()
