"""Builds the programs, and measures them in turn."""
import contextlib
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from cold_start.lambda_runtime import LambdaRuntime
from cold_start.programs import AGENT, REPO

WARM_UP = 3
PATIENCE = 60


@dataclasses.dataclass
class Run:
    """One process, in seconds; rss in MB."""

    wall: float
    done: float
    cpu: float
    rss: float
    calls: int


def find_jdk_25():
    """The named one, or the first below /usr/lib/jvm that says so itself."""
    named = [pathlib.Path(home) for home in [os.environ.get("JAVA_25_HOME")] if home]
    for home in [*named, *sorted(pathlib.Path("/usr/lib/jvm").glob("*"))]:
        release = home / "release"
        if (home / "bin/jlink").exists() and release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return home
    sys.exit("no JDK 25: set JAVA_25_HOME")


def build(jdk):
    """The worlds, the Lambda, and the agent's archive."""
    maven = [REPO / "mvnw", "-q", "-B", "-f", REPO / "pom.xml"]
    goals = ["-Dquick", "-Pimage", "-DskipTests", "-pl", "benchmarks,deploy/lambda", "-am", "package"]
    subprocess.run(maven + goals, check=True, env={**os.environ, "JAVA_HOME": str(jdk)})
    for old in (AGENT / "target").glob("multus-agent-*.tar.gz*"):
        old.unlink()
    subprocess.run([AGENT / "archive"], check=True, env={**os.environ, "JAVA_25_HOME": str(jdk)})


class Bench(contextlib.ExitStack):
    """Programs that are ready, and worlds to start them in."""

    def __init__(self, kinds, build):
        super().__init__()
        self._kinds, self._build = kinds, build

    def __enter__(self):
        jdk = find_jdk_25()
        if self._build:
            build(jdk)
        self._work = pathlib.Path(self.enter_context(tempfile.TemporaryDirectory(prefix="multus-cold-start.")))
        self._programs = [kind(self._work, jdk) for kind in self._kinds]
        self._worlds = self._start_worlds(jdk)
        for _ in range(WARM_UP):  # the worlds' JVM, and the files' way into memory
            self.measure(1, 0, 2)
        return self

    def _start_worlds(self, jdk):
        path = [REPO / "benchmarks/target/classes", REPO / "multus-testkit/target/classes", REPO / "test-fixtures/target/classes", AGENT / "target/jars/*"]
        java = [f"{jdk}/bin/java", "-cp", ":".join(map(str, path))]
        command = [*java, "io.github.multus4j.benchmarks.LaunchWorlds", self._work / "keys"]
        worlds = self.enter_context(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        self.callback(worlds.stdin.close)
        return worlds

    def _ask(self, order):
        self._worlds.stdin.write(order + "\n")
        self._worlds.stdin.flush()
        return json.loads(self._worlds.stdout.readline())

    def measure(self, runs, latency, interfaces):
        """Runs of each program, by its name."""
        measured = {program.name: [] for program in self._programs}
        for _ in range(runs):
            for program in self._programs:
                measured[program.name].append(self._measure(program, latency, interfaces))
        return measured

    def _measure(self, program, latency, interfaces):
        world = self._ask(f"{interfaces} {latency}")
        command, variables, folder = program.command(world)
        log = self._work / "log"
        with contextlib.ExitStack() as stack, open(log, "wb") as output:
            runtime = None
            if program.is_lambda:
                runtime = LambdaRuntime(world["event"])
                stack.callback(runtime.close)
                variables["AWS_LAMBDA_RUNTIME_API"] = runtime.address
                variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512"
            began = time.time()
            process = subprocess.Popen(
                command, env=variables, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            reply = ""
            if runtime:
                reply = runtime.reply(PATIENCE)
                process.kill()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.time() - began
        process.returncode = status
        seen = self._ask("")
        good = reply.startswith("response ") if runtime else status == 0
        if not good or seen["attached"] != interfaces or seen["continued"] != program.completes_hook:
            sys.exit(f"{program.name} did not do its work: {seen}, status {status}, {reply}\n{log.read_text()}")
        cpu = usage.ru_utime + usage.ru_stime
        return Run(wall, seen["lastAnswer"] - began, cpu, usage.ru_maxrss / 1024, seen["calls"])
