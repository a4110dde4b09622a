"""Where things are, and how programs are run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# All that is made here: the next run removes it, except for the tools.
WORK = ROOT / "target" / "packages"
TOOLS = WORK / "tools"
WHEELS = WORK / "wheels"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")

VERSION = re.search(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE).group(1)

# A configuration with one finding, and the same without.
BAD = """\
UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userNotification
    LogLevel: INFO
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
"""
GOOD = BAD.replace("INFO", "ERROR")


class Failed(Exception):
    """Something is not as it must be."""


def step(what: str) -> None:
    print(f"-- {what}", flush=True)


def require(holds: bool, what: str, ran: object = None) -> None:
    """Fails, with what a program wrote, if something does not hold."""
    if not holds:
        raise Failed(what if ran is None else f"{what}\n{ran}")


class Ran:
    """How a program ended: its exit code, and both of its outputs as one text."""

    def __init__(self, command: list[str], code: int, text: str) -> None:
        self.command, self.code, self.text = command, code, text

    def __str__(self) -> str:
        return f"$ {' '.join(self.command)}\n{self.text}\nexit code {self.code}"

    def ended(self, code: int) -> Ran:
        require(self.code == code, f"the exit code is not {code}", self)
        return self


def run(command: list[object], cwd: Path = ROOT, env: dict[str, str] | None = None) -> Ran:
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=1800,
        check=False,
    )
    return Ran(words, done.returncode, done.stdout)


def tool(name: str) -> Path:
    return TOOLS / "bin" / name


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def virtual_environment(folder: Path) -> Path:
    """Makes a virtual environment and gives the folder of its programs."""
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    return folder / "bin"


def install_tools() -> None:
    """Installs what is written in requirements.txt, once."""
    mark = TOOLS / "requirements.txt"
    if mark.exists() and mark.read_text() == REQUIREMENTS.read_text():
        return
    step("tools")
    python = virtual_environment(TOOLS) / "python"
    run([python, "-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]).ended(0)
    shutil.copy(REQUIREMENTS, mark)


def become_tools() -> None:
    """Installs the tools, and goes on in their Python, which has the modules that the tests import."""
    install_tools()
    if Path(sys.prefix).resolve() != TOOLS.resolve():
        os.execv(tool("python"), [tool("python"), *sys.argv])


def without_rust(folder: Path) -> Path:
    """A folder for the front of the PATH in which each program of Rust fails, and leaves a mark that it ran."""
    fresh(folder)
    # pip asks rustc for its version, to tell it to the index.
    script = f'#!/bin/sh\n[ "$*" = --version ] || echo "$0 $*" >> "{folder}/ran"\nexit 97\n'
    for name in ("cargo", "rustc", "rustup", "maturin"):
        program = folder / name
        program.write_text(script)
        program.chmod(0o755)
    return folder


def require_no_rust(folder: Path) -> None:
    ran = folder / "ran"
    require(not ran.exists(), f"Rust was run, though a wheel is at hand: {ran.exists() and ran.read_text()}")


def offline(path: list[Path], **more: object) -> dict[str, str]:
    """An environment in which pip and uv take nothing but our wheels, with these folders in front on the PATH."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "CARGO_HOME", "RUSTUP_HOME") if name in os.environ}
    path_text = os.pathsep.join([*map(str, path), os.environ["PATH"]])
    made = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(WHEELS),
        "PIP_NO_CACHE_DIR": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_NO_INDEX": "1",
        "UV_OFFLINE": "1",
        "UV_FIND_LINKS": str(WHEELS),
        "UV_NO_CACHE": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return {**kept, "PATH": path_text, **made, **{name: str(value) for name, value in more.items()}}


def main(steps: list) -> int:
    """Runs the steps; the first that fails ends the run."""
    try:
        for work in steps:
            work()
    except Failed as failed:
        print(f"error: {failed}", file=sys.stderr)
        return 1
    return 0
