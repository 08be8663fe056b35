"""The code blocks of docs/operations, and a shell that runs them one after the other.

A block of `sh` runs against moto. Where moto lacks what it needs, a comment in the page's source says so, in the line before:

    <!-- syntax only: moto has no Lambda runtime -->

A block of another language goes to a file, if its mark is `file: NAME`. Of a block that is marked as syntax, each `aws` and `kubectl` command runs against a port that nobody listens on. The AWS CLI checks names and types of all parameters
before it connects, and kubectl its subcommands and flags: the refused connection is the proof that the command is well-formed.
"""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "operations"
FENCE = re.compile(r"(?:^ *<!-- (?P<mark>[^\n]*) -->\n)?^(?P<indent> *)```(?P<language>[a-z]+)\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S)
SYNTAX_ONLY = "syntax only: "
FILE = "file: "
NOT_CHECKED = "not checked: "
NOBODY = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Block:
    page: str
    line: int
    language: str
    text: str
    mark: str

    @property
    def syntax_only(self):
        return self.mark.startswith(SYNTAX_ONLY)

    def __str__(self):
        return f"{self.page}:{self.line}"


def pages():
    return sorted(path.name for path in PAGES.glob("*.md"))


def blocks(page, language=None):
    text = (PAGES / page).read_text()
    found = [
        Block(page, text.count("\n", 0, it.start("text")), it["language"], textwrap.dedent(it["text"]), it["mark"] or "")
        for it in FENCE.finditer(text)
    ]
    return [block for block in found if language in (None, block.language)]


class Shell:
    """Bash in a folder of its own, with a copy of deploy whose builders only leave a file. Variables and functions last from block to block."""

    def __init__(self, folder, url):
        self.folder = self.cwd = folder
        self.bin = folder / "bin"
        self.variables = {
            "PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(folder), "JAVA_HOME": str(folder / "jdk"), "JAVA_25_HOME": str(folder / "jdk"),
            "AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": "",
        }
        self.lay_out()

    def lay_out(self):
        shutil.copytree(ROOT / "deploy", self.folder / "deploy", ignore=shutil.ignore_patterns("target"))
        target = "deploy/lambda/target"
        self.program("mvnw", f"mkdir -p {target} && printf 'PK\\005\\006%018d' 0 | tr 0 '\\000' >{target}/multus-lambda.jar\n")
        archive = "multus-agent-1.0-linux-x86_64.tar.gz"
        self.program(
            "deploy/node-agent/archive",
            f'cd "$(dirname "$0")"; mkdir -p target; printf tar >target/{archive}; (cd target && sha256sum {archive} >{archive}.sha256)\n'
            f"echo $PWD/target/{archive}\n",
        )
        self.program("jdk/bin/jlink", "")
        self.program("jdk/bin/java", "")
        (self.folder / "jdk" / "release").write_text('JAVA_VERSION="25.0.3"\n')
        # Version 2 of the AWS CLI is not on PyPI. The options that it alone knows are taken out.
        self.program("bin/aws", f"exec '{sys.executable}' '{Path(__file__).with_name('aws_cli.py')}' \"$@\"\n")
        self.program("bin/kubectl", 'echo "kubectl $*: no emulator has a Kubernetes API; mark the block" >&2; exit 1\n')

    def save(self, block):
        (self.folder / block.mark.removeprefix(FILE)).write_text(block.text)

    def program(self, path, text):
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/bash\n" + text)
        path.chmod(0o755)

    def run(self, block, **extra):
        """The output; the variables stay."""
        after = self.folder / "variables"
        script = f"set -aeuo pipefail\n{block.text}\nset +a\nenv -0 >'{after}'\n"
        ended = subprocess.run(
            ["bash", "-c", script], cwd=self.cwd, env={**self.variables, **extra}, capture_output=True, text=True, timeout=300,
        )
        assert ended.returncode == 0, f"{block} ended with {ended.returncode}:\n{block.text}\n{ended.stdout}\n{ended.stderr}"
        kept = dict(item.split("=", 1) for item in after.read_text().split("\0") if item)
        self.variables = {key: value for key, value in kept.items() if key not in ("_", "SHLVL", *extra)}
        return ended.stdout


class Parser(Shell):
    """A shell whose aws and kubectl only check their arguments. They print a word, for the command that takes it."""

    def __init__(self, folder, cwd=None):
        super().__init__(folder, NOBODY)
        self.cwd = cwd or folder
        self.own = dict(self.variables)
        self.complaints = folder / "complaints"
        self.checked = folder / "checked"
        for name, command in (
            ("aws", f"'{sys.executable}' '{Path(__file__).with_name('aws_cli.py')}'"),
            ("kubectl", f"HTTPS_PROXY={NOBODY} '{shutil.which('kubectl') or 'kubectl-is-missing'}' --server={NOBODY}"),
        ):
            self.program(
                f"bin/{name}",
                f'said=$({command} "$@" 2>&1 </dev/null)\n'
                f'printf "%s\\n" "{name} $*" >>{self.checked}\n'
                f'[[ $said == *"Could not connect to the endpoint URL"* || $said == *"refused"* ]] '
                f'|| printf "%s\\n" "{name} $*" "$said" >>{self.complaints}\n'
                "echo word\n",
            )

    def check(self, block, variables):
        """The commands that it checked."""
        self.variables = {**variables, **self.own}
        for file in (self.complaints, self.checked):
            file.unlink(missing_ok=True)
        self.run(block)
        assert not self.complaints.exists(), f"{block}:\n{self.complaints.read_text()}"
        return self.checked.read_text().splitlines() if self.checked.exists() else []
