"""The script that builds and uploads what the templates deploy, with a fake aws that writes down how it was called.

The builds themselves are slow and are tested elsewhere: here a copy of the script runs beside builders that only leave a file.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
ARCHIVE = "multus-agent-1.0-linux-x86_64.tar.gz"


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)


@pytest.fixture
def world(tmp_path):
    deploy = tmp_path / "repo" / "deploy"
    (deploy / "node-agent").mkdir(parents=True)
    shutil.copy(REPO / "deploy" / "package.sh", deploy)
    shutil.copy(REPO / "deploy" / "node-agent" / "rehearsal.sh", deploy / "node-agent")
    program(
        tmp_path / "repo" / "mvnw",
        f"mkdir -p {deploy}/lambda/target && printf jar >{deploy}/lambda/target/multus-lambda.jar\n",
    )
    target = deploy / "node-agent" / "target"
    program(
        deploy / "node-agent" / "archive",
        f"mkdir -p {target} && printf tar >{target}/{ARCHIVE} && printf sum >{target}/{ARCHIVE}.sha256\necho {target}/{ARCHIVE}\n",
    )
    program(tmp_path / "bin" / "aws", f'echo "$*" >>{tmp_path}/calls\nexit ${{AWS_STATUS:-0}}\n')
    program(tmp_path / "jdk" / "bin" / "jlink", "")
    (tmp_path / "jdk" / "release").write_text('JAVA_VERSION="25.0.3"\n')
    return tmp_path


def run(world: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [world / "repo" / "deploy" / "package.sh", *arguments],
        env={
            "PATH": f"{world}/bin:/usr/bin:/bin",
            "JAVA_HOME": str(world / "jdk"),
            "JAVA_25_HOME": str(world / "jdk"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def calls(world: Path) -> list[str]:
    path = world / "calls"
    return path.read_text().splitlines() if path.exists() else []


def test_everything_is_built_and_uploaded(world):
    done = run(world, "my-bucket", "--prefix", "multus/")

    assert done.returncode == 0, done.stderr
    assert [call.split()[-1] for call in calls(world)] == [
        "s3://my-bucket/multus/multus-lambda.zip",
        f"s3://my-bucket/multus/{ARCHIVE}",
        f"s3://my-bucket/multus/{ARCHIVE}.sha256",
    ]
    assert f"multus/multus-lambda.zip  3 bytes  sha256 {hashlib.sha256(b'jar').hexdigest()}" in done.stdout


@pytest.mark.parametrize(("only", "keys"), [("lambda", 1), ("agent", 2)])
def test_only_one_of_them(world, only, keys):
    assert run(world, "my-bucket", "--only", only).returncode == 0
    assert len(calls(world)) == keys


def test_dry_run_prints_and_needs_no_aws(world):
    os.remove(world / "bin" / "aws")

    done = run(world, "my-bucket", "--dry-run")

    assert done.returncode == 0, done.stderr
    assert "s3://my-bucket/multus-lambda.zip" in done.stdout
    assert "node-agent/archive" in done.stdout
    assert not (world / "repo" / "deploy" / "lambda").exists()


def test_what_is_missing_is_said_before_anything_is_built(world):
    os.remove(world / "bin" / "aws")

    done = run(world, "my-bucket")

    if shutil.which("aws", path="/usr/bin:/bin"):
        pytest.skip("capability: an aws in /usr/bin cannot be hidden")
    assert done.returncode == 2
    assert "missing: aws" in done.stderr
    assert not (world / "repo" / "deploy" / "lambda").exists()


def test_a_failed_upload_is_a_failure(world):
    assert run(world, "my-bucket", AWS_STATUS="1").returncode == 1
    assert len(calls(world)) == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "BUCKET: ''"),
        (["My_Bucket"], "BUCKET: 'My_Bucket'"),
        (["one-bucket", "another"], "one bucket"),
        (["my-bucket", "--only", "both"], "--only: 'both'"),
        (["my-bucket", "--prefix"], "--prefix needs a value"),
        (["my-bucket", "--prefix", "/x"], "--prefix: '/x'"),
        (["my-bucket", "--colour"], "unknown option --colour"),
    ],
)
def test_bad_arguments(world, arguments, problem):
    done = run(world, *arguments)

    assert done.returncode == 2
    assert problem in done.stderr
    assert calls(world) == []
