"""The GitHub Action: its scripts, run as a runner runs them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from packages.tools import BAD, GOOD, ROOT, VERSION, WORK, fresh, offline, require, require_no_rust, run, step, tool, without_rust

ACTION = ROOT / "action.yml"
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


def audit() -> None:
    step("audit the action and the workflows")
    run([tool("zizmor"), "--offline", "--persona", "pedantic", "--no-progress", ACTION, ROOT / ".github" / "workflows"]).ended(0)


@dataclass
class Job:
    """What a job is after the action has run."""

    code: int
    text: str
    outputs: dict[str, str]
    summary: str
    folder: Path

    def __str__(self) -> str:
        return f"{self.text}\nexit code {self.code}, outputs {self.outputs}"


def job(inputs: dict[str, str], files: dict[str, str], env: dict[str, str]) -> Job:
    """Runs the steps of the action, each as `bash -eo pipefail`, until one fails."""
    action = yaml.safe_load(ACTION.read_text())
    unknown = set(inputs) - set(action["inputs"])
    require(not unknown, f"the action has no inputs {unknown}")
    given = {f"inputs.{name}": str(value["default"]) for name, value in action["inputs"].items()}
    given.update({f"inputs.{name}": value for name, value in inputs.items()})
    folder, temporary = fresh(WORK / "workspace"), fresh(WORK / "runner")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    summary = temporary / "summary"
    runner = {"GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_WORKSPACE": folder, "RUNNER_TEMP": temporary, "GITHUB_STEP_SUMMARY": summary}
    code, said = 0, ""
    for number, action_step in enumerate(action["runs"]["steps"]):
        require(action_step["shell"] == "bash", "the action has a step that is not of bash")
        script, output = temporary / f"{number}.sh", temporary / f"{number}.output"
        script.write_text(action_step["run"])
        output.touch()
        variables = {name: evaluated(text, given) for name, text in action_step.get("env", {}).items()}
        done = run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=folder / evaluated(action_step.get("working-directory", "."), given),
            env={**env, **{name: str(value) for name, value in runner.items()}, "GITHUB_OUTPUT": str(output), **variables},
        )
        said += done.text
        for line in output.read_text().splitlines():
            name, _, value = line.partition("=")
            given[f"steps.{action_step['id']}.outputs.{name}"] = value
        if done.code != 0:
            code = done.code
            break
    outputs = {name: evaluated(output["value"], given) for name, output in action["outputs"].items()}
    return Job(code, said, outputs, summary.read_text() if summary.exists() else "", folder)


def evaluated(text: str, given: dict[str, str]) -> str:
    """Puts values in place of expressions. An output that was not set is empty; anything but inputs and outputs is refused."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1).strip()
        require(name in given or name.startswith("steps."), f"the action asks for {name}")
        return given.get(name, "")

    return EXPRESSION.sub(value, text)


def sarif_of(job: Job) -> list[str]:
    """The files of the results."""
    runs = json.loads((job.folder / job.outputs["sarif-file"]).read_text())["runs"]
    locations = [result["locations"][0]["physicalLocation"] for result in runs[0]["results"]]
    return [location["artifactLocation"]["uri"] for location in locations]


@dataclass
class Case:
    name: str
    inputs: dict[str, str]
    code: int
    # The files of the findings; none where no SARIF is written.
    found: list[str] | None
    annotated: bool = True
    said: list[str] = field(default_factory=list)


# Of two user pools, or each would be found to replace the other.
FILES = {"infra/bad.yaml": BAD, "good/good.yaml": GOOD.replace("a1B2c3D4e", "z9Z9z9Z9z"), "delint.sarif": "of an earlier run"}
IN_INFRA = ["infra/bad.yaml"]
HOSTILE = "good/$(touch pwned)`touch pwned`\";touch pwned;#'"
ANNOTATION = "::error file=infra/bad.yaml,line=4,"
CASES = [
    Case("everything", {}, 1, IN_INFRA, said=[f"delint {VERSION}"]),
    Case("a good folder", {"paths": "good"}, 0, []),
    Case("two folders", {"paths": "good\ninfra\n"}, 1, IN_INFRA),
    Case("a working directory", {"working-directory": "infra"}, 1, IN_INFRA),
    Case("a severity that does not fail", {"fail-on": "never"}, 0, IN_INFRA),
    Case("without annotations", {"annotations": "false"}, 1, IN_INFRA, annotated=False),
    Case("without SARIF", {"sarif-file": ""}, 1, None),
    Case("more arguments", {"args": "--ignore\nuser-notification-level\n"}, 0, []),
    Case("an argument that does not exist", {"args": "--no-such"}, 2, None, annotated=False, said=["--no-such"]),
    Case("a path that does not exist", {"paths": "good\nmissing.yaml"}, 2, [], said=["missing.yaml"]),
    Case("a path that a shell would run", {"paths": HOSTILE}, 2, []),
    Case("arguments that a shell would run", {"args": f"--ignore\n{HOSTILE}"}, 2, None, annotated=False),
    Case("a version that a shell would run", {"version": "0.1.0$(touch pwned)"}, 2, None, annotated=False, said=["::error title=delint::"]),
    Case("a version that does not exist", {"version": "999.0"}, 1, None, annotated=False, said=["delint==999.0"]),
    Case("a file that would set an output", {"sarif-file": "x\nexit-code=0"}, 2, None, annotated=False),
]


def installs_and_checks() -> None:
    step("run the action")
    rust = without_rust(WORK / "no-rust")
    env = offline([rust])
    for case in CASES:
        ran(case, env)
    ran(Case("the version that is there", {"version": "system"}, 1, IN_INFRA), offline([rust, WORK / "installed" / "bin"]))
    require_no_rust(rust)


def ran(case: Case, env: dict[str, str]) -> None:
    done = job(case.inputs, FILES, env)
    what = f"the action, {case.name}: "
    require(done.code == case.code, what + f"the exit code is not {case.code}", done)
    if done.outputs["exit-code"]:
        require(done.outputs["exit-code"] == str(done.code), what + "not the exit code of delint", done)
    require(bool(done.outputs["sarif-file"]) == (case.found is not None), what + "SARIF is written, or not", done)
    if case.found is not None:
        require(sarif_of(done) == case.found, what + f"the SARIF file is about {sarif_of(done)}", done)
    annotated = case.annotated and bool(case.found if case.found is not None else case.code == 1)
    require((ANNOTATION in done.text) == annotated, what + "findings are annotated, or not", done)
    require(("user-notification-level" in done.summary) == annotated, what + f"not this summary: {done.summary}", done)
    for text in case.said:
        require(text in done.text, what + f"does not say {text!r}", done)
    require(not list(done.folder.rglob("pwned")), what + "an input was run", done)
