#!/usr/bin/env python3
"""The one door to the course: ``python3 course.py`` makes what it needs and opens the lessons.

Standard library only. Python 3.8 must still be able to read this file, to be told it is too old.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import io
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
HOST, DEFAULT_PORT, SCHOOL_PORT = "127.0.0.1", 8866, 8000
QR_CODE = ("-m", "segno.cli", "--compact")
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another
START_SECONDS, STOP_SECONDS = 120, 60

COMMANDS = {
    "present": "mở khóa học, lệnh mặc định · open the course, the default",
    "lab": "mở notebook trong JupyterLab · open the notebooks in JupyterLab",
    "hub": "JupyterHub cho một trường · a school's JupyterHub (jupyterhub/README.md)",
    "release": "đóng gói thành tệp zip · pack everything into a zip file",
    "pictures": "chụp lại hình của README · take the README's pictures anew",
    "test": "chạy mọi kiểm thử · run every test (pytest)",
    "build": "dựng notebook từ nguồn · build the notebooks from their sources",
    "lite": "dựng bản chạy riêng trong trình duyệt · build the course for the browser alone",
    "bench": "đo tốc độ · measure the speed",
    "lock": "chốt lại phiên bản thư viện · lock the libraries' versions anew",
}
TOOLS = {
    "test": ("pytest", "--numprocesses=auto", "--dist=loadfile"),
    "build": ("authoring",),
    "release": ("authoring.release",),
    "pictures": ("tests.pictures",),
    "lite": ("lite",),
    "bench": ("tests.bench",),
}
LAB_OPTIONS = (
    f"--ip={HOST}",
    f"--ServerApp.root_dir={ROOT}",
    "--ServerApp.port_retries=0",
    "--allow-root",
    "--LabApp.extension_manager=readonly",  # this and the next two ask other hosts for nothing
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
)
EXAMPLES = """\
ví dụ · examples:
  python3 course.py
  python3 course.py --lang en --no-browser
  python3 course.py --class
  python3 course.py lab --port 9000
  python3 course.py test -- -k money
  python3 course.py build --checked
"""


class Stop(Exception):
    """Why the door cannot go on and what to do, in one sentence: ``Stop(vi, en)``."""


def say(lang: str, vi: str, en: str, end: str = "\n") -> None:
    """Print one sentence in the reader's language, at once."""
    print(vi if lang == "vi" else en, end=end, flush=True)


# ------------------------------------------------------------------------------- environments


class Environment:
    """A virtual environment filled from one lock; made anew when the lock or Python changes."""

    def __init__(self, root: Path, name: str) -> None:
        """Know where everything is; make nothing yet."""
        self.root = root
        self.home = root / ".venv" / name
        self.log = root / ".venv" / f"{name}.log"
        self.lock = root / "requirements" / f"{name}.txt"
        self.stamp = self.home / "made-from.txt"
        self.python = str(self.home / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))

    def origin(self) -> str:
        """What the environment is made from: this folder, this Python and this lock."""
        lock = hashlib.sha256(self.lock.read_bytes()).hexdigest()
        return f"{self.root}\n{sys.version}\n{lock}\n"

    def is_ready(self) -> bool:
        """Whether the environment was made to its end, from what is here now."""
        return self.stamp.is_file() and self.stamp.read_text("utf-8") == self.origin()

    def prepare(self, lang: str) -> str:
        """Make the environment unless it is ready; the path of its Python."""
        if self.is_ready():
            return self.python
        ensure_venv_works(lang)
        self.log.parent.mkdir(exist_ok=True)
        self.log.write_bytes(b"")
        count = len(re.findall(r"^\S+==", self.lock.read_text("utf-8"), re.MULTILINE))
        pip = [self.python, "-m", "pip", "install", "--no-input", "--no-compile"]
        hashed = ["--require-hashes", "--only-binary", ":all:", "-r", str(self.lock)]
        editable = ["--no-deps", "--no-build-isolation", "-e", str(self.root)]
        compiling = f"compileall.compile_dir({str(self.home)!r}, quiet=2, workers=0)"
        say(lang, "Chuẩn bị lần đầu:", "Preparing for the first time:")
        self._step(lang, "1/4 Python", sys.executable, "-m", "venv", "--clear", str(self.home))
        self._step(lang, f"2/4 {count} thư viện · libraries", *pip, *hashed)
        self._step(lang, "3/4 cxlib", *pip, *editable)
        self._step(
            lang, "4/4 biên dịch · bytecode", self.python, "-c", f"import compileall; {compiling}"
        )
        self.stamp.write_text(self.origin(), "utf-8")
        return self.python

    def _step(self, lang: str, title: str, *command: str) -> None:
        """Run a command, its words in the log and a dot on the screen every second."""
        started = time.monotonic()
        print(f"  {title} ", end="", flush=True)
        with self.log.open("ab") as log, running(command, log, self.root) as process:
            while process.poll() is None:
                print(".", end="", flush=True)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=1)
        seconds = round(time.monotonic() - started)
        say(lang, f" {seconds} giây", f" {seconds} s")
        if process.returncode:
            raise install_trouble(self.log)


def install_trouble(log: Path) -> Stop:
    """What stopped an installation, read from its log."""
    offline = "NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError"
    if re.search(offline, log.read_text("utf-8", errors="replace")):
        return Stop(
            "Không tải được thư viện: hãy kiểm tra kết nối Internet rồi gõ lại lệnh này.",
            "The libraries cannot be downloaded: check the connection and type this again.",
        )
    return Stop(
        f"Cài đặt chưa xong: hãy gõ lại lệnh này; nếu vẫn lỗi, lý do nằm trong tệp {log}.",
        f"The installation failed: type this again; if it fails again, see why in {log}.",
    )


def check_python(version: tuple[int, int]) -> None:
    """Only the versions of Python that the locks cover."""
    if not OLDEST_PYTHON <= version <= NEWEST_PYTHON:
        versions = (OLDEST_PYTHON, NEWEST_PYTHON, version)
        oldest, newest, this = (f"{major}.{minor}" for major, minor in versions)
        raise Stop(
            f"Khoá học cần Python từ {oldest} đến {newest}, máy đang dùng {this}: "
            "hãy cài một bản như vậy từ python.org rồi gõ lại lệnh này.",
            f"The course needs Python {oldest} to {newest} and this is {this}: "
            "install one of those from python.org and type this again.",
        )


def ensure_venv_works(lang: str) -> None:
    """Debian keeps the part of Python that makes environments in a package of its own."""
    if not importlib.util.find_spec("ensurepip") and not apt_install("python3-venv", lang):
        command = "sudo apt install python3-venv"
        raise Stop(
            f"Python ở đây chưa tạo được môi trường: hãy chạy `{command}` rồi gõ lại lệnh này.",
            f"This Python cannot make environments: run `{command}` and type this again.",
        )


def apt_install(package: str, lang: str, *options: str) -> bool:
    """Install a Debian package where we may; whether that worked."""
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(lang, f"Cài {package} cho hệ thống…", f"Installing {package} for the system…")
    return succeeds("apt-get", "update") and succeeds("apt-get", "install", "-y", *options, package)


def succeeds(*command: str) -> bool:
    """Run a command in silence; whether it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = subprocess.DEVNULL
    done = subprocess.run(
        command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, check=False
    )
    return done.returncode == 0


# ------------------------------------------------------------------------------------ servers


@contextlib.contextmanager
def running(
    command: Sequence[str], log: io.BufferedWriter, folder: Path, **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that Ctrl-C does not reach and that never outlives the block."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def serve(
    wish: argparse.Namespace, page: str, *arguments: str, host: str = HOST, **variables: str
) -> None:
    """Run a server of the course's environment until Ctrl-C, and open its page."""
    environment = Environment(ROOT, "course")
    python = environment.prepare(wish.lang)
    port = choose_port(host, wish.port, wish.lang)
    own = str(environment.home / "jupyter")  # nothing from the reader's other Jupyter
    variables.update(JUPYTER_CONFIG_DIR=own, JUPYTER_DATA_DIR=own)
    command = [python, *arguments, f"--port={port}", "--no-browser"]
    log = ROOT / ".venv" / f"{wish.command}.log"
    with log.open("wb") as output, running(command, output, ROOT, **variables) as server:
        url = f"http://{host}:{port}{page}"
        if came_up(server, f"http://{host}:{port}/api"):
            say(wish.lang, f"Mở {url} (Ctrl-C để dừng)", f"Open {url} (Ctrl-C stops it)")
            if host != HOST:
                subprocess.run([python, *QR_CODE, url], check=False)
            if wish.browser:
                webbrowser.open(url)
            server.wait()
    raise server_trouble(log)


def lab_settings(lang: str) -> Path:
    """Where JupyterLab finds its language and how little it asks."""
    return ROOT / "jupyter" if lang == "vi" else ROOT / "jupyter" / lang


def server_trouble(log: Path) -> Stop:
    """What to do when a server ended by itself."""
    return Stop(
        f"Máy chủ không chạy được: hãy gõ lại lệnh này; nếu vẫn lỗi, lý do nằm trong tệp {log}.",
        f"The server does not run: type this again; if it fails again, see why in {log}.",
    )


def came_up(server: subprocess.Popen[bytes], url: str) -> bool:
    """Wait until the server answers; false when it ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def answers(url: str) -> bool:
    """Whether a server speaks there, whatever it says."""
    try:
        no_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        no_proxy.open(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def choose_port(host: str, asked: int | None, lang: str) -> int:
    """The port asked for, else the first free one from the default upwards."""
    if asked is not None and not is_free(host, asked):
        raise Stop(
            f"Cổng {asked} đang bận hoặc không được dùng: hãy chọn số khác cho --port.",
            f"Port {asked} is taken or not allowed: choose another number for --port.",
        )
    upwards = range(DEFAULT_PORT, DEFAULT_PORT + 100)
    port = asked or next(port for port in upwards if is_free(host, port))
    if not asked and port != DEFAULT_PORT:
        old = DEFAULT_PORT
        say(lang, f"Cổng {old} đang bận, dùng cổng {port}.", f"Port {old} is taken, using {port}.")
    return port


def is_free(host: str, port: int) -> bool:
    """Whether a server may listen there."""
    try:
        socket.create_server((host, port)).close()
    except (OSError, OverflowError):
        return False
    return True


def class_address(asked: str) -> str:
    """The address at which a class on this network reaches this machine."""
    address = asked or own_address()
    try:
        socket.create_server((address, 0)).close()
    except OSError:
        address = ""
    if not address or address.startswith("127."):
        raise Stop(
            "Chưa mở lớp được: hãy nối máy này vào Wi-Fi hay mạng LAN của lớp rồi gõ lại lệnh này; "
            "nếu biết địa chỉ của máy, gõ thêm nó, ví dụ: --class 192.168.1.20.",
            "The class cannot open: join the class's Wi-Fi or LAN and type this again; if you know "
            "this machine's address, add it, for example: --class 192.168.1.20.",
        )
    return address


def own_address() -> str:
    """The address this machine would speak from on its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for examples
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def class_code() -> str:
    """A code that a class can type and nobody can guess."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


# ------------------------------------------------------------------------------------ browser


def ensure_browser(python: str, lang: str) -> str:
    """A browser for the tests: the machine's own, else Playwright's, else Debian's."""
    found = os.environ.get("CX_BROWSER") or find_browser()
    if not found:
        say(lang, "Tải trình duyệt để kiểm thử…", "Downloading a browser for the tests…")
        found = playwright_browser(python)
    if not found and apt_install("chromium", lang):
        found = find_browser()
    if not found:
        raise Stop(
            "Kiểm thử cần một trình duyệt: hãy cài Chrome, Chromium hoặc Edge rồi gõ lại lệnh này.",
            "The tests need a browser: install Chrome, Chromium or Edge and type this again.",
        )
    return found


def find_browser() -> str | None:
    """Chrome, Chromium or Edge where they usually are on Linux, macOS and Windows."""
    names = ("google-chrome", "chromium", "chromium-browser", "microsoft-edge")
    mac = ("Google Chrome", "Chromium", "Microsoft Edge")
    windows = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
    folders = map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
    places = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in mac]
    places += [os.path.join(folder, name) for folder in folders if folder for name in windows]
    on_path = next(filter(None, map(shutil.which, names)), None)
    return on_path or next(filter(os.path.isfile, places), None)


def playwright_browser(python: str) -> str | None:
    """Playwright's own Chromium, if it can be downloaded and starts here."""
    if not succeeds(python, "-m", "playwright", "install", "chromium"):
        return None
    script = """if True:
        from playwright.sync_api import sync_playwright
        with sync_playwright() as playwright:
            playwright.chromium.launch().close()
            print(playwright.chromium.executable_path)"""
    tried = subprocess.run([python, "-c", script], capture_output=True, text=True, check=False)
    return tried.stdout.strip() or None


# ------------------------------------------------------------------------------------- office


def ensure_office(lang: str) -> None:
    """LibreOffice for the tests of the files we write; without it those tests say so."""
    if not find_office():
        for package in ("libreoffice-calc", "libreoffice-writer"):
            apt_install(package, lang, "--no-install-recommends")


def find_office() -> str | None:
    """LibreOffice where it usually is on Linux, macOS and Windows."""
    on_path = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
    places = ["/Applications/LibreOffice.app/Contents/MacOS/soffice"]
    if folder := os.environ.get("PROGRAMFILES"):
        places.append(os.path.join(folder, "LibreOffice/program/soffice.exe"))
    return on_path or next(filter(os.path.isfile, places), None)


# ------------------------------------------------------------------------------------- school


def serve_school(wish: argparse.Namespace) -> None:
    """Run JupyterHub until Ctrl-C; what it remembers stays in a folder of its own."""
    python = Environment(ROOT, "hub").prepare(wish.lang)
    if not has_hub_proxy(wish.lang):
        command = "npm install -g configurable-http-proxy"
        raise Stop(
            f"JupyterHub cần một chương trình nữa: hãy chạy `{command}` rồi gõ lại lệnh này.",
            f"JupyterHub needs one more program: run `{command}` and type this again.",
        )
    port = choose_port(HOST, wish.port or SCHOOL_PORT, wish.lang)
    memory = ROOT / ".venv" / "hub-memory"
    memory.mkdir(exist_ok=True)
    settings = str(ROOT / "jupyterhub" / "jupyterhub_config.py")
    hub = [python, "-m", "jupyterhub", "-f", settings, f"--port={port}"]
    log = ROOT / ".venv" / "hub.log"
    with log.open("wb") as output, running(hub, output, memory) as server:
        if came_up(server, f"http://{HOST}:{port}/hub/api"):
            url = f"http://{socket.gethostname()}:{port}"
            say(wish.lang, f"Mở {url} (Ctrl-C để dừng)", f"Open {url} (Ctrl-C stops it)")
            server.wait()
    raise server_trouble(log)


def has_hub_proxy(lang: str) -> bool:
    """Whether the program that JupyterHub puts before its servers is here now."""
    found = shutil.which("configurable-http-proxy")
    return bool(found) or apt_install("node-configurable-http-proxy", lang)


# ----------------------------------------------------------------------------------- commands


def run(wish: argparse.Namespace) -> int:
    """Do what the reader wishes; the exit code."""
    if wish.command == "present" and wish.class_ is None:
        serve(wish, f"/{wish.lang}", "voila/server.py", f"--Voila.ip={HOST}")
    if wish.command == "present":
        host, code = class_address(wish.class_), class_code()
        page, server = f"/class?code={code}", ("voila/server.py", f"--Voila.ip={host}")
        serve(wish, page, *server, host=host, CX_CLASS_CODE=code)
    if wish.command == "lab":
        token = secrets.token_hex(16)
        page = f"/lab/tree/notebooks/{wish.lang}?token={token}"
        variables = {"JUPYTER_TOKEN": token, "JUPYTER_CONFIG_PATH": str(lab_settings(wish.lang))}
        serve(wish, page, "-m", "jupyterlab", *LAB_OPTIONS, **variables)
    if wish.command == "hub":
        serve_school(wish)
    python = Environment(ROOT, "lite" if wish.command == "lite" else "dev").prepare(wish.lang)
    if wish.command == "lock":
        return lock(python)
    variables = dict(os.environ)
    if wish.command in ("test", "bench", "pictures"):
        variables["CX_BROWSER"] = ensure_browser(python, wish.lang)
    if wish.command == "test":
        ensure_office(wish.lang)
        has_hub_proxy(wish.lang)
    tool = [python, "-m", *TOOLS[wish.command], *wish.rest]
    return subprocess.run(tool, cwd=ROOT, env=variables, check=False).returncode


def lock(python: str) -> int:
    """Write the newest libraries that pyproject.toml allows into requirements/."""
    course = "requirements/course.txt"
    for options in (
        ("--group=backend", f"--output-file={course}"),
        *(
            (f"--group={name}", f"--constraints={course}", f"--output-file=requirements/{name}.txt")
            for name in ("dev", "hub", "lite")
        ),
    ):
        command = [python, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", *options]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


def understand(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; what follows a tool's command is passed on to the tool."""
    commands = "".join(f"\n  {name:<10}{words}" for name, words in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="course.py",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="CX Master: trải nghiệm khách hàng · customer experience",
        epilog=f"lệnh · commands:{commands}\n\n{EXAMPLES}",
    )
    add = parser.add_argument
    add("command", nargs="?", choices=COMMANDS, default="present", metavar="command",
        help="một lệnh dưới đây · one of the commands below")  # fmt: skip
    add("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ · language (vi)")
    add("--port", type=int, help=f"cổng của máy chủ · the server's port ({DEFAULT_PORT})")
    add("--class", dest="class_", nargs="?", const="", metavar="ADDRESS",
        help="mở cho cả lớp trong mạng LAN · open to a class on this network")  # fmt: skip
    add("--no-browser", dest="browser", action="store_false",
        help="không tự mở trình duyệt · do not open a browser")  # fmt: skip
    cut = next((i for i, word in enumerate(argv, 1) if word in TOOLS), len(argv))
    wish = parser.parse_args(argv[:cut])
    if wish.class_ is not None and wish.command != "present":
        parser.error("--class: chỉ dùng khi mở khóa học · goes with opening the course only")
    wish.rest = list(argv[cut:])
    if wish.rest[:1] == ["--"]:
        del wish.rest[0]
    return wish


def settle() -> None:
    """Make any terminal show Vietnamese, and a closed one end us like Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    for name in {"SIGTERM", "SIGHUP"} & set(dir(signal)):
        signal.signal(getattr(signal, name), signal.default_int_handler)


def main(argv: Sequence[str]) -> int:
    """Do what was typed; the exit code."""
    wish = understand(argv)
    try:
        check_python(sys.version_info[:2])
        return run(wish)
    except Stop as stop:
        vi, en = stop.args
        print(vi if wish.lang == "vi" else en, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say(wish.lang, "\nĐã dừng.", "\nStopped.")
        return 130


if __name__ == "__main__":
    settle()
    sys.exit(main(sys.argv[1:]))
