"""The hooks, run by the real pre-commit and prek in repositories of users."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from packages.source import GIT, SOURCE, TAG
from packages.tools import BAD, GOOD, ROOT, TOOLS, WORK, Ran, fresh, offline, require, require_no_rust, run, step, tool, without_rust

RUNNERS = ("pre-commit", "prek")
# Where `delint-system` finds a delint.
INSTALLED = WORK / "installed" / "bin"
FOUND = "user-notification-level"

BAD_TF = """\
resource "aws_cognito_log_delivery_configuration" "users" {
  user_pool_id = "eu-west-1_a1B2c3D4e"
  log_configurations {
    event_source = "userNotification"
    log_level    = "INFO"
    cloud_watch_logs_configuration {
      log_group_arn = aws_cloudwatch_log_group.users.arn
    }
  }
}
"""
GOOD_TF = BAD_TF.replace("INFO", "ERROR")
LOGS_TF = 'resource "aws_cloudwatch_log_group" "users" {\n  name = "/aws/vendedlogs/users"\n}\n'
BROKEN = BAD.replace("  - EventSource", "  - [EventSource")
BAD_JSON = json.dumps(
    {
        "UserPoolId": "eu-west-1_a1B2c3D4e",
        "LogConfigurations": [
            {
                "EventSource": "userNotification",
                "LogLevel": "INFO",
                "CloudWatchLogsConfiguration": {
                    "LogGroupArn": "arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users"
                },
            }
        ],
    },
    indent=2,
)
MANY = {f"many/{n:03}.yaml": BAD if n in (7, 150, 299) else GOOD for n in range(300)}


@dataclass
class Case:
    """Files of a repository, and what a hook makes of those that are staged."""

    name: str
    hook: str
    staged: dict[str, str]
    fails: bool
    # Each is in the output as often as it is here.
    said: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    committed: dict[str, str] = field(default_factory=dict)
    untracked: dict[str, str] = field(default_factory=dict)
    # What the hook makes of files; it changes no others.
    becomes: dict[str, str] = field(default_factory=dict)


EXCLUDE = {".delint.yaml": "exclude:\n  - legacy/\n"}
CASES = [
    Case("good files", "delint", {"a.yaml": GOOD, "b.json": BAD_JSON.replace("INFO", "ERROR"), "main.tf": GOOD_TF + LOGS_TF}, False),
    Case("a bad YAML file", "delint", {"a.yaml": BAD}, True, ["[a.yaml:4:15]", "Found 1 error in 1 file"]),
    Case("a bad JSON file", "delint", {"in/b.json": BAD_JSON}, True, ["[in/b.json:6:19]"]),
    Case("a bad Terraform file", "delint", {"in/main.tf": BAD_TF}, True, ["[in/main.tf:5:20]"]),
    Case("a file that does not parse", "delint", {"a.yaml": BROKEN}, True, ["error[syntax-error]", "[a.yaml:3:5]"]),
    Case("only what is staged", "delint", {"a.yaml": GOOD}, False, untracked={"b.yaml": BAD}, committed={"c.yaml": BAD}),
    Case("what a neighbour says", "delint", {"main.tf": GOOD_TF}, False, committed={"logs.tf": LOGS_TF}),
    Case(
        "files of other things", "delint", {"chart.yaml": "{{ if .Values.logs }}\n", "x.json": "{", "y.tf": 'locals { x = "1" }\n'}, False
    ),
    Case("files of other kinds", "delint", {"README.md": BAD}, False, ["(no files to check)Skipped"]),
    Case("an excluded file", "delint", {"legacy/a.yaml": BAD}, False, committed=EXCLUDE),
    Case("an excluded file among others", "delint", {"legacy/a.yaml": BAD, "b.yaml": BAD}, True, ["[b.yaml:4:15]"], ["legacy/"], EXCLUDE),
    Case("many files", "delint", MANY, True, [f"[many/{n:03}.yaml:4:15]" for n in (7, 150, 299)]),
    Case("a good file, to be fixed", "delint-fix", {"a.yaml": GOOD}, False),
    Case("a bad file, fixed", "delint-fix", {"a.yaml": BAD}, True, ["note: fixed 1 finding in 1 file"], [FOUND], becomes={"a.yaml": GOOD}),
    Case("an excluded file, not fixed", "delint-fix", {"legacy/a.yaml": BAD}, False, committed=EXCLUDE),
    Case("a whole repository", "delint-repo", {"a.yaml": GOOD}, True, ["[b.yaml:4:15]"], ["legacy/"], {"b.yaml": BAD, "legacy/a.yaml": BAD, **EXCLUDE}),
    Case("a whole good repository", "delint-repo", {"a.yaml": GOOD}, False),
    Case("good files, by a binary that is there", "delint-system", {"a.yaml": GOOD}, False),
    Case("bad files, by a binary that is there", "delint-system", {"a.yaml": BAD}, True, ["[a.yaml:4:15]"]),
]
FROM_SOURCE = [
    Case("good files, by a binary built from source", "delint-src", {"a.yaml": GOOD}, False),
    Case("bad files, by a binary built from source", "delint-src", {"a.yaml": BAD}, True, ["[a.yaml:4:15]"]),
]


def manifests_are_valid() -> None:
    step("validate the manifest of the hooks")
    for runner in RUNNERS:
        run([tool(runner), "validate-manifest", ROOT / ".pre-commit-hooks.yaml"]).ended(0)


def hooks_run() -> None:
    rust = without_rust(WORK / "no-rust")
    for runner in RUNNERS:
        step(f"hooks by {runner}")
        env = environment(runner, [rust, INSTALLED, TOOLS / "bin"])
        for case in CASES:
            ran(runner, case, env)
        commits(runner, env)
    require_no_rust(rust)


def builds_from_source() -> None:
    """`delint-src`, without the optimisation of a release, which would take minutes more."""
    profile = {"OPT_LEVEL": 0, "LTO": "off", "CODEGEN_UNITS": 16, "DEBUG": "false"}
    quick = {f"CARGO_PROFILE_RELEASE_{name}": value for name, value in profile.items()}
    for runner in RUNNERS:
        step(f"a hook built from source by {runner}")
        # pre-commit takes the newest dependencies, prek those of Cargo.lock; what is the same is built once.
        env = environment(runner, [TOOLS / "bin"], CARGO_TARGET_DIR=WORK / "from-source", **quick)
        for case in FROM_SOURCE:
            ran(runner, case, env)


def environment(runner: str, path: list[Path], **more: object) -> dict[str, str]:
    home = fresh(WORK / f"home-{runner}")
    return offline(path, PRE_COMMIT_HOME=home, PREK_HOME=home, PREK_COLOR="never", **more)


def repository(case: Case) -> Path:
    """A user's repository, with the files of the case staged."""
    folder = fresh(WORK / "repository")
    run([*GIT, "init", "--quiet"], cwd=folder).ended(0)
    write(folder, {".pre-commit-config.yaml": config(case.hook), "README": "users", **case.committed})
    run([*GIT, "add", "--all"], cwd=folder).ended(0)
    run([*GIT, "commit", "--quiet", "--message", "before"], cwd=folder).ended(0)
    write(folder, case.staged)
    run([*GIT, "add", "--all"], cwd=folder).ended(0)
    write(folder, case.untracked)
    return folder


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def config(hook: str) -> str:
    """What the README says for the hook that it names; the same with another id for the others."""
    readme = (ROOT / "README.md").read_text()
    found = re.search(r"```yaml\n# \.pre-commit-config\.yaml\n(.*?)```", readme, re.DOTALL)
    require(found is not None, "README.md has no .pre-commit-config.yaml")
    text = found.group(1)
    for wanted in ("repo: https://github.com/delint/delint\n", f"rev: {TAG}\n", "- id: delint\n"):
        require(wanted in text, f"the .pre-commit-config.yaml in README.md has no {wanted!r}")
    text = text.replace("https://github.com/delint/delint\n", f"file://{SOURCE}\n")
    return text.replace("- id: delint\n", f"- id: {hook}\n")


def ran(runner: str, case: Case, env: dict[str, str]) -> Ran:
    folder = repository(case)
    found = run([tool(runner), "run", case.hook], cwd=folder, env=env)
    what = f"{runner}, {case.name}: "
    require(found.code == (1 if case.fails else 0), what + "not this exit code", found)
    require(("Failed" in found.text) == case.fails, what + "fails, or does not", found)
    for text in case.said:
        require(found.text.count(text) == 1, what + f"does not say once {text!r}", found)
    for text in [*case.unsaid, "\x1b[", "Traceback"]:
        require(text not in found.text, what + f"says {text!r}", found)
    if not case.fails:
        lines = [line for line in found.text.splitlines() if line and not line.startswith(("[INFO]", "[WARNING]"))]
        require(len(lines) == 1, what + "a hook that passes has something to say", found)
    left = run([*GIT, "status", "--porcelain"], cwd=folder).text.splitlines()
    changed = {line[3:] for line in left if line[1] == "M"}
    require(changed == set(case.becomes), what + "other files were changed", found)
    for name, text in case.becomes.items():
        require((folder / name).read_text() == text, what + f"{name} is not as it should be", found)
    return found


def commits(runner: str, env: dict[str, str]) -> None:
    """What is bad is not committed, what is good is."""
    folder = repository(Case("a commit", "delint", {"a.yaml": BAD}, True))
    run([tool(runner), "install"], cwd=folder, env=env).ended(0)
    refused = run([*GIT, "commit", "--message", "bad"], cwd=folder, env=env).ended(1)
    require(FOUND in refused.text, "the commit was refused for another reason", refused)
    write(folder, {"a.yaml": GOOD})
    run([*GIT, "add", "a.yaml"], cwd=folder).ended(0)
    run([*GIT, "commit", "--message", "good"], cwd=folder, env=env).ended(0)
    log = run([*GIT, "log", "--format=%s"], cwd=folder).ended(0)
    require(log.text.split() == ["good", "before"], "not what was committed", log)
