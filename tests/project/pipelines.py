"""Pipelines without their services: the scripts of the action and of the template, run in a shell as a runner does."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

ACTION = ROOT / ".github" / "actions" / "assetpkg" / "action.yml"
TEMPLATE = ROOT / ".gitlab" / "assetpkg.yml"


def validate(schema: str, *files: Path) -> str:
    """Return why the schema of a service does not accept the files."""
    from check_jsonschema import main as check_jsonschema  # type: ignore[import-untyped]
    from click.testing import CliRunner

    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", f"vendor.{schema}", *map(str, files)])
    return "" if done.exit_code == 0 else done.output


@dataclass
class Step:
    """What a step of an action has left: its exit status, its log, and the files that it has written for the runner."""

    status: int
    log: str
    summary: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)


class Action:
    """The action as a runner has it: its inputs, its steps, and what those say to each other."""

    def __init__(self, temporary: Path, root: Path = ROOT) -> None:
        """Take the folder for what is temporary, and where the repository of the action is checked out."""
        self.temporary = temporary
        self.path = root / ACTION.relative_to(ROOT).parent
        self.document = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
        self.steps = {step["id"]: step for step in self.document["runs"]["steps"]}
        self.said: dict[str, str] = {}
        temporary.mkdir(parents=True, exist_ok=True)

    def run(self, name: str, workspace: Path, **inputs: str) -> Step:
        """Run a step of the action with these inputs, in a repository that is checked out."""
        values = {key: str(given.get("default", "")) for key, given in self.document["inputs"].items()}
        values |= {key.replace("_", "-"): value for key, value in inputs.items()}
        assert values.keys() == self.document["inputs"].keys()
        known = {f"inputs.{key}": value for key, value in values.items()} | self.said
        step = self.steps[name]
        files = {each: self.temporary / f"{each.lower()}-{name}" for each in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        assert step["shell"] == "bash"
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
            **{key: str(file) for key, file in files.items()},
            **{key: _evaluated(value, known) for key, value in step["env"].items()},
            "GITHUB_ACTION_PATH": str(self.path),
            "RUNNER_TEMP": str(self.temporary),
            "PIP_NO_COMPILE": "1",  # only what is run is compiled: all of it takes seconds
        }
        script = self.temporary / f"{name}.sh"
        script.write_text(step["run"])
        done = _shell(["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)], workspace, environment)
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        self.said |= {f"steps.{name}.outputs.{key}": value for key, value in outputs.items()}
        return Step(done.returncode, done.stdout, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"), outputs)

    def outputs(self) -> dict[str, str]:
        """Return the outputs of the action, after its steps."""
        return {key: _evaluated(given["value"], self.said) for key, given in self.document["outputs"].items()}


def run_job(job: Mapping[str, Any], part: str, workspace: Path, path: Path, **variables: str) -> Step:
    """Run the script of a job of GitLab in a plain POSIX shell, with `path` before the programs of the system."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        **{f"ASSETPKG_{key.upper()}": value for key, value in variables.items()},
        "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
    }
    done = _shell(["sh", "-ec", "\n".join(job[part])], workspace, environment)
    return Step(done.returncode, done.stdout)


def _shell(command: list[str], folder: Path, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )


def _evaluated(text: str, known: Mapping[str, str]) -> str:
    """Return a text with its expressions evaluated; one that is not known is empty, as for a runner."""
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known.get(found[1], ""), text)
