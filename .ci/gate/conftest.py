"""Nodes for the tests, with what they are plugged into; what was logged is shown when a test fails."""

import os

import pytest
from node import Node, Space


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture(scope="session", autouse=True)
def needs_root():
    assert os.geteuid() == 0, "network and mount namespaces need root"


@pytest.fixture
def machines(request, tmp_path):
    """Boots nodes, which are one instance with one disk; all end with the test."""
    spaces = []

    def boot(kind=Node):
        for space in spaces:
            space.close()
        number = len(spaces)
        vpc = Space(tmp_path / f"vpc{number}")
        spaces.append(vpc)
        node = kind(tmp_path / f"node{number}", tmp_path / "disk", vpc)
        spaces.append(node)
        return node

    yield boot
    for space in spaces:
        space.close()
    if getattr(request.node, "failed", False):
        for log in sorted(tmp_path.glob("*/*.log")):
            print(f"--- {log.parent.name}/{log.name}\n{log.read_text(errors='replace')}")


@pytest.fixture
def node(machines):
    return machines()
