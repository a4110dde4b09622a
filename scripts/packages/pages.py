"""The blocks of our pages that need a package: everything else in them is executed by `cargo test`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from packages.hooks import Case, environment, repository, write
from packages.tools import BAD, GOOD, ROOT, TOOLS, WORK, fresh, require, run, step, virtual_environment

PAGES = ("README.md", "docs/ci.md")
NOTE = "run by scripts/test-packages"
BLOCK = re.compile(rf"<!-- {NOTE} -->\n```(\w+)\n(.*?)\n```\n", re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    """The kind and the text of each."""
    pages = [(ROOT / page).read_text() for page in PAGES]
    found = [block for page in pages for block in BLOCK.findall(page)]
    noted = sum(page.count(f"<!-- {NOTE} -->") for page in pages)
    require(len(found) == noted and noted > 0, f"not every comment {NOTE!r} is directly before a block")
    return found


def executed() -> None:
    step("run the commands of the pages that need a package")
    programs = virtual_environment(WORK / "reader")
    folder = repository(Case("a reader", "delint", {"template.yaml": GOOD}, False))
    env = environment("reader", [programs, TOOLS / "bin"])
    for kind, text in blocks():
        if kind == "sh":
            run(["bash", "--noprofile", "--norc", "-exo", "pipefail", "-c", text], cwd=folder, env=env).ended(0)
        else:
            require(kind == "vim", f"nobody knows how to execute {kind}")
            vim(text, programs, env)
    run([programs / "delint", "check"], cwd=folder, env=env).ended(0)


def vim(text: str, programs: Path, env: dict[str, str]) -> None:
    """A file with a finding, then one without, is written: the list holds the finding, and then nothing."""
    require((programs / "delint").exists(), "nothing has installed delint before it is used")
    folder = fresh(WORK / "vim")
    write(folder, {"delint.vim": text, "bad's.yaml": BAD, "good.yaml": GOOD})
    look = "call writefile([json_encode(map(getqflist(), {{_, e -> [bufname(e.bufnr), e.lnum, e.col, e.type, e.text]}}))], '{}')"
    orders = ["source delint.vim", "edit bad's.yaml", "write", look.format("bad"), "edit good.yaml", "write", look.format("good"), "qall!"]
    write(folder, {"orders.vim": "\n".join(orders) + "\n"})
    run(["vim", "-Nu", "NONE", "-i", "NONE", "-es", "-S", "orders.vim"], cwd=folder, env=env).ended(0)
    bad, good = (json.loads((folder / name).read_text()) for name in ("bad", "good"))
    require(len(bad) == 1 and bad[0][:4] == ["bad's.yaml", 4, 15, "e"], f"Vim lists {bad}")
    require(bad[0][4].startswith("user-notification-level]: `LogLevel` is"), f"Vim lists {bad}")
    require(not [entry for entry in good if entry[1]], f"Vim lists {good}")
