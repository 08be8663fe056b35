"""The workflows: they run the scripts that .ci/run runs, each command is in the repository, and actions are pinned."""

import os
import re
import shlex
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github/actions").glob("*/action.yml"))
# A word that names a file of the repository: .ci/run, deploy/node-agent/archive, ./mvnw.
OURS = re.compile(r"(?:\./)?(?:\.ci|\.github|deploy|examples|benchmarks)/[\w./-]+|\./mvnw")
GATE = "\n".join(line for line in (ROOT / ".ci/run").read_text().splitlines() if not line.startswith("#"))


def load(path):
    return yaml.safe_load(path.read_text())


def jobs():
    return [pytest.param(job, id=f"{path.stem}.{name}") for path in WORKFLOWS for name, job in load(path)["jobs"].items()]


def steps(path):
    document = load(path)
    for job in document["jobs"].values() if "jobs" in document else [document["runs"]]:
        yield from job["steps"]


def commands():
    """The lines of all `run` steps."""
    return [
        pytest.param(re.sub(r"\$\{\{.*?\}\}", "", line), id=f"{path.parent.name}/{path.name}: {line.strip()}")
        for path in [*WORKFLOWS, *ACTIONS] for step in steps(path) for line in step.get("run", "").splitlines()
    ]


def test_there_are_workflows_and_actions():
    assert WORKFLOWS and ACTIONS


@pytest.mark.parametrize("command", commands())
def test_each_command_is_in_the_repository(command):
    words = shlex.split(command)
    if words[0] != "export":
        assert OURS.fullmatch(words[0]), f"{words[0]} is no file of this repository"
    for word in words:
        if OURS.fullmatch(word):
            file = ROOT / word
            assert file.is_file() and os.access(file, os.X_OK), f"{word}: no such program"


def test_workflows_run_the_scripts_of_the_gate():
    gate = set(OURS.findall(GATE)) | {".ci/" + name for name in re.findall(r"\$ci_dir/([\w./-]+\.sh)", GATE)}
    ran = {word for command in commands() for word in OURS.findall(command.values[0])}
    assert len(gate) > 8
    assert gate - ran == set()


def test_workflows_run_all_python_tests():
    ran = {name for command in commands() for name in re.findall(r"python-tests\.sh (\w+)", command.values[0])}
    assert ran == set(re.findall(r"python-tests\.sh (\w+)", GATE))
    folders = {path.parent.name for path in (ROOT / ".ci").glob("*/test_*.py")}
    assert ran | {"boto3"} == folders


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_actions_are_pinned_by_commit(path):
    for line in path.read_text().splitlines():
        found = re.search(r"uses: (\S+)(.*)", line)
        if not found:
            continue
        action, comment = found.groups()
        if action.startswith("./"):
            assert (ROOT / action / "action.yml").is_file(), action
        else:
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), f"{action}: its version is missing"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_may_only_read(path):
    document = load(path)
    assert document["permissions"] == {"contents": "read"}
    assert "concurrency" in document
    assert "pull_request_target" not in document.get("on", document.get(True))


@pytest.mark.parametrize("job", jobs())
def test_job_ends_and_keeps_no_credentials(job):
    assert 0 < job["timeout-minutes"] <= 60
    assert "permissions" not in job
    checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts and all(step["with"]["persist-credentials"] is False for step in checkouts)
