"""CONTRIBUTING.md: the tests, modules and files that it names are in the repository."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text()
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.S) for line in block.splitlines() if line.strip()]
CODE = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", TEXT, flags=re.S))


def java(name):
    return [path for path in ROOT.glob(f"**/src/*/java/**/{name}.java")]


@pytest.mark.parametrize("command", COMMANDS)
def test_command_names_programs_modules_and_tests_that_exist(command):
    program = ROOT / command.split()[0]
    assert program.is_file()
    modules = [module for group in re.findall(r" -pl (\S+)", command) for module in group.split(",")]
    for module in modules:
        assert (ROOT / module / "pom.xml").is_file(), module
    for names in re.findall(r"-Dtest='?([^' ]+)", command):
        for name in names.split(","):
            kind, _, method = name.partition("#")
            files = [file for file in java(kind) if any(file.is_relative_to(ROOT / module) for module in modules)]
            assert files, f"{kind} is in none of {modules}"
            assert not method or any(f"void {method}(" in file.read_text() for file in files), name


def test_commands_name_tests():
    assert sum("-Dtest=" in command for command in COMMANDS) >= 4


@pytest.mark.parametrize("name", [name for name in CODE if re.fullmatch(r"[A-Z]\w+[a-z]\w*", name)])
def test_class_exists(name):
    assert java(name), name


@pytest.mark.parametrize("name", [name for name in CODE if "/" in name and "NNNN" not in name and " " not in name])
def test_file_exists(name):
    assert (ROOT / name).exists(), name
