"""The door's manners and the agreement of everything that names a version."""

from __future__ import annotations

import ast
import re
import shlex
import socket
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import course
from authoring.build import sources
from authoring.source import Source
from cxlib.text import LANGS, Lang

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
GROUPS = {
    name: [Requirement(line) for line in lines if isinstance(line, str)]
    for name, lines in PROJECT["dependency-groups"].items()
}
MISSION = {"jupyterlab", "ipywidgets", "pandas", "seaborn", "nbval", "voila"}
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
ON_CONDA_FORGE = {
    *("anywidget", "babel", "bibtexparser", "flit-core", "ipykernel", "ipywidgets"),
    *("jupyter-server-proxy", "jupyterlab", "jupyterlab-language-pack-vi-vn", "matplotlib-base"),
    *("nbval", "numpy", "openpyxl", "pandas", "pip", "psutil", "python", "python-docx", "pyyaml"),
    *("scipy", "seaborn", "segno", "statsmodels", "voila", "xlsxwriter"),
}
READMES = ("README.md", "README.vi.md")


def ranges(requirements: list[Requirement]) -> dict[str, SpecifierSet]:
    return {canonicalize_name(r.name): r.specifier for r in requirements}


def conda_lines() -> dict[str, str]:
    lines = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    return {line.split()[0]: line.removeprefix(line.split()[0]).strip() for line in lines}


def locked(name: str) -> dict[str, set[str]]:
    """Versions per package; one package may have several, for different Pythons."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    pins: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
        pins.setdefault(canonicalize_name(package), set()).add(version)
    return pins


# ---------------------------------------------------------------------- versions agree


def test_conda_ranges_equal_those_of_pyproject() -> None:
    conda = {
        CONDA_NAMES.get(name, name): SpecifierSet(spec)
        for name, spec in conda_lines().items()
        if name not in {"python", "pip"}
    }
    nbval = [r for r in GROUPS["tests"] if r.name == "nbval"]
    assert conda == ranges([*RUNTIME, *GROUPS["backend"], *GROUPS["guest"], *nbval])


def test_conda_names_the_six_packages_of_the_mission() -> None:
    assert not MISSION - set(conda_lines())


def test_conda_names_are_known_to_conda_forge() -> None:
    """A new name is looked up at conda-forge, then written into ``ON_CONDA_FORGE``."""
    assert not set(conda_lines()) - ON_CONDA_FORGE


def test_conda_python_is_one_we_support() -> None:
    version = conda_lines()["python"].lstrip("=")
    assert version in SpecifierSet(PROJECT["project"]["requires-python"])


def test_the_door_admits_the_pythons_of_pyproject() -> None:
    oldest, (major, minor) = course.OLDEST_PYTHON, course.NEWEST_PYTHON
    expected = f">={oldest[0]}.{oldest[1]},<{major}.{minor + 1}"
    assert SpecifierSet(PROJECT["project"]["requires-python"]) == SpecifierSet(expected)


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("course", [*RUNTIME, *GROUPS["backend"]]),
        ("hub", [*RUNTIME, *(GROUPS["backend"] + GROUPS["guest"] + GROUPS["hub"])]),
        ("dev", [*RUNTIME, *(r for name in GROUPS if name != "lite" for r in GROUPS[name])]),
        ("lite", [*RUNTIME, *GROUPS["backend"], *GROUPS["lite"]]),
    ],
)
def test_lock_fulfils_pyproject(lock: str, requirements: list[Requirement]) -> None:
    pins = locked(lock)
    unmet = [
        f"{r} (locked: {', '.join(pins.get(canonicalize_name(r.name), {'nothing'}))})"
        for r in requirements
        if not all(v in r.specifier for v in pins.get(canonicalize_name(r.name), {"0"}))
    ]
    assert not unmet, f"run `python3 course.py lock`; unmet: {unmet}"


@pytest.mark.parametrize("name", ["dev", "lite"])
def test_every_lock_holds_what_learners_have(name: str) -> None:
    other = locked(name)
    differing = {n: (v, other.get(n)) for n, v in locked("course").items() if other.get(n) != v}
    assert not differing, f"run `python3 course.py lock`; learner's and {name}: {differing}"


def test_authors_have_what_a_school_has() -> None:
    dev = locked("dev")
    differing = {n: (v, dev.get(n)) for n, v in locked("hub").items() if dev.get(n) != v}
    assert not differing, f"run `python3 course.py lock`; school's and author's: {differing}"


def test_learners_get_no_tools_of_authors() -> None:
    tools = ranges([*GROUPS["tools"], *GROUPS["tests"], *GROUPS["oracles"]])
    needed_by_jupyter = {"jsonschema", "nbclient", "psutil"}
    assert not (set(tools) - needed_by_jupyter) & set(locked("course"))


@pytest.mark.parametrize("lock", ["course", "dev", "hub", "lite"])
def test_lock_names_no_host(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    assert not re.findall(r"^.*(?:://|--(?:extra-)?index-url|--find-links).*$", text, re.MULTILINE)


# ---------------------------------------------------------------------- the command line


def test_python_3_8_can_read_the_door() -> None:
    ast.parse((ROOT / "course.py").read_text("utf-8"), feature_version=(3, 8))


def test_the_door_needs_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "course.py").read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert not {name.split(".")[0] for name in names} - sys.stdlib_module_names


@pytest.mark.parametrize("readme", READMES)
def test_commands_in_the_readme_exist(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    commands = re.findall(r"python3 course\.py([^`\n#]*)", text)
    assert commands, f"{readme} does not say how to open the course"
    for command in commands:
        course.understand(shlex.split(command))


@pytest.mark.parametrize("folder", ["lite", "voila"])
def test_readme_of_a_folder_says_what_each_program_does(folder: str) -> None:
    text = (ROOT / folder / "README.md").read_text("utf-8")
    programs = [path.name for path in (ROOT / folder).glob("*.py") if path.name != "__init__.py"]
    assert not [program for program in programs if f"`{program}`" not in text]


@pytest.mark.parametrize("readme", READMES)
def test_binder_links_name_our_repository(readme: str) -> None:
    ours = PROJECT["project"]["urls"]["Repository"].removeprefix("https://github.com/")
    links = re.findall(r"mybinder\.org/v2/gh/(\S+)/HEAD\?", (ROOT / readme).read_text("utf-8"))
    assert links == [ours, ours]


@pytest.mark.parametrize("readme", READMES)
def test_pictures_of_the_readme_exist(readme: str) -> None:
    pictures = re.findall(r'<img src="([^"]+)"', (ROOT / readme).read_text("utf-8"))
    assert pictures
    assert not [picture for picture in pictures if not (ROOT / picture).is_file()]


def test_ci_types_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.findall(r"python3 .*", script) == ["python3 course.py test"]


@pytest.mark.parametrize(
    ("typed", "command", "rest"),
    [
        ("", "present", []),
        ("--lang en --port 9000", "present", []),
        ("--lang en lab", "lab", []),
        ("test -- -k money", "test", ["-k", "money"]),
        ("test tests/structure -q", "test", ["tests/structure", "-q"]),
        ("build --checked", "build", ["--checked"]),
        ("build 09", "build", ["09"]),
        ("lite --offline pyodide", "lite", ["--offline", "pyodide"]),
    ],
)
def test_command_line(typed: str, command: str, rest: list[str]) -> None:
    wish = course.understand(shlex.split(typed))
    assert (wish.command, wish.rest) == (command, rest)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        course.understand(["--help"])
    shown = capsys.readouterr().out
    assert not [name for name in course.COMMANDS if f"\n  {name} " not in shown]


# ------------------------------------------------------------------ what goes wrong is said


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's folder with a lock, where no environment was made yet and no step runs."""
    root = tmp_path / "một nơi có dấu cách"
    (root / "requirements").mkdir(parents=True)
    for name in ("course", "dev", "hub", "lite"):
        (root / "requirements" / f"{name}.txt").write_text("numpy==2.0\n", "utf-8")
    monkeypatch.setattr(course, "ROOT", root)
    monkeypatch.setattr(course.Environment, "_step", make_folder)
    return root


def make_folder(environment: course.Environment, *_: str) -> None:
    environment.home.mkdir(exist_ok=True)


def fail_with(words: str) -> Callable[..., None]:
    def step(environment: course.Environment, *_: str) -> None:
        environment.log.write_text(words, "utf-8")
        raise course.install_trouble(environment.log)

    return step


def python_too_old(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course.sys, "version_info", (3, 8, 18))
    return ""


def python_too_new(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course.sys, "version_info", (3, 15, 0))
    return ""


def no_network(monkeypatch: pytest.MonkeyPatch) -> str:
    step = fail_with("WARNING: Retrying after 'NewConnectionError(...)'\nERROR: No matching")
    monkeypatch.setattr(course.Environment, "_step", step)
    return ""


def disk_full(monkeypatch: pytest.MonkeyPatch) -> str:
    step = fail_with("ERROR: [Errno 28] No space left on device")
    monkeypatch.setattr(course.Environment, "_step", step)
    return "lab"


def port_taken(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course, "is_free", lambda host, port: False)
    return "--port 8123"


def no_such_port(monkeypatch: pytest.MonkeyPatch) -> str:
    return "--port 70000"


def no_network_for_a_class(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course, "own_address", lambda: "")
    return "--class"


def not_this_machine(monkeypatch: pytest.MonkeyPatch) -> str:
    return "--class 203.0.113.7"


def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> str:
    return "--class 127.0.0.1"


def no_venv_module(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(course, "apt_install", lambda package, lang: False)
    return ""


def no_browser(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("CX_BROWSER", raising=False)
    monkeypatch.setattr(course, "find_browser", lambda: None)
    monkeypatch.setattr(course, "playwright_browser", lambda python: None)
    monkeypatch.setattr(course, "apt_install", lambda package, lang: False)
    return "test"


def no_hub_proxy(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course, "has_hub_proxy", lambda lang: False)
    return "hub"


def server_dies(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(course.Environment, "prepare", lambda self, lang: sys.executable)
    (course.ROOT / ".venv").mkdir()
    return ""


TROUBLES = [
    (python_too_old, "3.11"),
    (python_too_new, "3.15"),
    (no_network, "Internet|connection"),
    (disk_full, "course.log"),
    (port_taken, "8123"),
    (no_such_port, "70000"),
    (no_network_for_a_class, "Wi-Fi"),
    (not_this_machine, "Wi-Fi"),
    (only_this_machine, "Wi-Fi"),
    (no_venv_module, "apt install python3-venv"),
    (no_browser, "Chrome"),
    (no_hub_proxy, "npm install -g configurable-http-proxy"),
    (server_dies, "present.log"),
]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("trouble", "named"), TROUBLES, ids=[trouble.__name__ for trouble, _ in TROUBLES]
)
def test_trouble_is_one_sentence(
    trouble: Callable[[pytest.MonkeyPatch], str],
    named: str,
    lang: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed = trouble(monkeypatch)
    assert course.main(["--lang", lang, "--no-browser", *shlex.split(typed)]) == 1
    said = capsys.readouterr().err
    assert re.fullmatch(r"[^\n]+\.\n", said), f"not one line with one full stop: {said!r}"
    assert re.search(named, said), f"does not name {named}: {said!r}"
    assert bool(re.search("hãy", said)) == (lang == "vi"), f"not in {lang}: {said!r}"


def test_a_taken_default_port_gives_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((course.HOST, 0)) as taken:
        port = taken.getsockname()[1]
        free = next(p for p in range(port, port + 99) if course.is_free(course.HOST, p))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(course, "DEFAULT_PORT", port)
            assert course.choose_port(course.HOST, None, "en") == free
    assert f"Port {port} is taken, using {free}." in capsys.readouterr().out


def test_class_codes_can_be_typed_and_not_guessed() -> None:
    codes = {course.class_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code) for code in codes)


@pytest.mark.parametrize("command", ["lab", "test", "build"])
def test_a_class_opens_the_course_only(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        course.understand(["--class", "10.0.0.7", command])
    assert "--class" in capsys.readouterr().err


# ------------------------------------------------------------------------ environments


def test_an_environment_is_made_once(house: Path) -> None:
    course.Environment(house, "course").prepare("en")
    assert course.Environment(house, "course").is_ready()


def test_a_new_lock_makes_the_environment_anew(house: Path) -> None:
    environment = course.Environment(house, "course")
    environment.prepare("en")
    environment.lock.write_text("numpy==2.1\n", "utf-8")
    assert not environment.is_ready()


def test_another_python_makes_the_environment_anew(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = course.Environment(house, "course")
    environment.prepare("en")
    monkeypatch.setattr(course.sys, "version", "3.14.0 (another)")
    assert not environment.is_ready()


def test_an_interrupted_environment_is_made_anew(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = course.Environment(house, "course")

    def interrupted(self: course.Environment, lang: str, title: str, *_: str) -> None:
        make_folder(self)
        if title.startswith("3/"):
            raise KeyboardInterrupt

    monkeypatch.setattr(course.Environment, "_step", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.prepare("en")
    assert environment.home.is_dir()
    assert not environment.is_ready()


LESSONS = [s for s in sources(ROOT / "notebooks" / "source") if s.name != "00-glossary"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
@pytest.mark.parametrize("lang", LANGS)
def test_readme_lists_the_lesson_with_its_minutes(lesson: Source, lang: Lang) -> None:
    readme = (ROOT / {"en": "README.md", "vi": "README.vi.md"}[lang]).read_text("utf-8")
    alone, stage = lesson.minutes["alone"], lesson.minutes["stage"]
    assert f"| {lesson.lesson} | {lesson.title(lang)} | {alone} | {stage} |" in readme
