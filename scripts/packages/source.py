"""A repository that users could install hooks from: this working tree, as one commit with the tag of its version."""

from __future__ import annotations

import shutil

from packages.tools import ROOT, VERSION, WORK, fresh, run

SOURCE = WORK / "source"
TAG = f"v{VERSION}"
GIT = ["git", "-c", "user.name=delint", "-c", "user.email=delint@example.org", "-c", "init.defaultBranch=main"]


def make_source() -> None:
    """What is not committed yet is in it as well; what is ignored is not."""
    fresh(SOURCE)
    listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]).ended(0)
    for name in filter(None, listed.text.split("\0")):
        if (ROOT / name).is_file():
            (SOURCE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, SOURCE / name)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", TAG], ["tag", TAG]):
        run([*GIT, *command], cwd=SOURCE).ended(0)
