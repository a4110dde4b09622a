"""The wheel, and the package without code in the root that depends on it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from packages.source import SOURCE
from packages.tools import (
    BAD,
    GOOD,
    ROOT,
    VERSION,
    WHEELS,
    WORK,
    fresh,
    offline,
    require,
    require_no_rust,
    run,
    step,
    tool,
    virtual_environment,
    without_rust,
)


def build() -> None:
    """Builds the wheel in the profile of the tests, whose build it shares; a release differs in the optimisation."""
    step("build the wheel")
    fresh(WHEELS)
    build = [tool("maturin"), "build", "--profile", "dev", "--locked", "--compatibility", "off", "--out", WHEELS]
    run(build, cwd=ROOT / "python").ended(0)
    python = tool("python")
    # What the package in the root is built by.
    run([python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", WHEELS, "setuptools"]).ended(0)


def the_wheel() -> Path:
    found = list(WHEELS.glob(f"delint-{VERSION}-py3-none-*.whl"))
    require(len(found) == 1, f"there is not one wheel of version {VERSION} for all Pythons: {found}")
    return found[0]


def holds_one_binary() -> None:
    """The wheel holds the binary and its licences: no Python, nothing of this machine."""
    with zipfile.ZipFile(the_wheel()) as wheel:
        names = wheel.namelist()
        binary = wheel.getinfo(f"delint-{VERSION}.data/scripts/delint")
    require(not [name for name in names if name.endswith(".py")], f"the wheel holds Python: {names}")
    require(binary.external_attr >> 16 & 0o111 == 0o111, "the binary in the wheel cannot be run")
    for licence in ("LICENSE-MIT", "LICENSE-APACHE"):
        name = f"delint-{VERSION}.dist-info/licenses/{licence}"
        require(name in names, f"the wheel lacks {name}")


def installs() -> None:
    """`pip install delint==X` in a virtual environment gives a delint that runs."""
    step("install the wheel")
    programs = virtual_environment(WORK / "installed")
    rust = without_rust(WORK / "no-rust")
    env = offline([rust, programs])
    run(["pip", "install", "--quiet", f"delint=={VERSION}"], env=env).ended(0)
    speaks(programs / "delint", env)
    require_no_rust(rust)


def speaks(delint: Path, env: dict[str, str]) -> None:
    """It knows its version, and tells good from bad."""
    folder = fresh(WORK / "spoken")
    (folder / "bad.yaml").write_text(BAD)
    (folder / "good.yaml").write_text(GOOD)
    version = run([delint, "--version"], cwd=folder, env=env).ended(0)
    require(version.text == f"delint {VERSION}\n", "this is not the version that was installed", version)
    run([delint, "check", "good.yaml"], cwd=folder, env=env).ended(0)
    bad = run([delint, "check", "--format", "concise", "bad.yaml"], cwd=folder, env=env).ended(1)
    require(bad.text.startswith("bad.yaml:4:15: error[user-notification-level]: "), "no finding", bad)


def shim_installs() -> None:
    """`pip install .` in the root, which is what pre-commit does, takes the wheel and compiles nothing."""
    step("install the package in the root")
    programs = virtual_environment(WORK / "shim")
    rust = without_rust(WORK / "no-rust")
    env = offline([rust, programs])
    clone = WORK / "clone"
    shutil.rmtree(clone, ignore_errors=True)
    run(["git", "clone", "--quiet", SOURCE, clone]).ended(0)
    run(["pip", "install", "--quiet", "."], cwd=clone, env=env).ended(0)
    speaks(programs / "delint", env)
    require_no_rust(rust)
    held = run(["pip", "show", "--files", "delint-pre-commit"], env=env).ended(0)
    files = held.text.partition("Files:\n")[2].split()
    other = [name for name in files if ".dist-info/" not in name]
    require(not other, f"the package in the root installs files of its own: {other}", held)
