"""What the tests on emulators share: a server of one's own, the Lambda's jar, a launch event."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / "deploy" / "lambda" / "target" / "multus-lambda.jar"
AGENT = ROOT / "deploy" / "node-agent" / "target"
REGION = "us-east-1"


def client(service, url, keys=("test", "test", None)):
    access_key, secret_key, session_token = keys
    return boto3.client(
        service, region_name=REGION, endpoint_url=url, aws_access_key_id=access_key, aws_secret_access_key=secret_key,
        aws_session_token=session_token, config=Config(retries={"total_max_attempts": 1}),
    )


def wait_for(url, process, log, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.1)


@pytest.fixture(scope="session")
def moto(tmp_path_factory):
    """A moto server that nobody else uses, as enforcement of IAM is switched on and off in it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("moto") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=out, stderr=out)
    try:
        wait_for(f"http://127.0.0.1:{port}/moto-api/", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def jar():
    assert JAR.exists(), f"{JAR} is missing: ./mvnw -Dquick -pl deploy/lambda -am package -DskipTests"
    return JAR


def java():
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else shutil.which("java")


class JavaPrograms:
    """Programs that many tests start. The first run of each leaves an archive of its classes, with which the others start in half the time."""

    def __init__(self):
        self.archives = tempfile.TemporaryDirectory()
        self.first_run = threading.Lock()

    def run(self, name, arguments, **options):
        archive = Path(self.archives.name) / f"{name}.jsa"
        with self.first_run:
            if not archive.exists():
                return self.start(f"-XX:ArchiveClassesAtExit={archive}", arguments, options)
        return self.start(f"-XX:SharedArchiveFile={archive}", arguments, options)

    @staticmethod
    def start(archiving, arguments, options):
        # Without its log, as the JVM writes remarks about the archive to the program's output.
        command = [java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", archiving, "-Xlog:disable", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, **options)


PROGRAMS = JavaPrograms()


@contextmanager
def metadata_service(instance_id):
    """IMDS version 2 of an instance, as far as the agent asks; its URL."""
    answers = {"instance-id": instance_id, "placement/region": REGION, "placement/availability-zone": REGION + "a"}

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self):
            self.answer(200, "token")

        def do_GET(self):
            known = answers.get(self.path.removeprefix("/latest/meta-data/"))
            allowed = self.headers.get("X-aws-ec2-metadata-token") == "token"
            self.answer(401 if not allowed else 200 if known else 404, known or "")

        def answer(self, status, text):
            self.send_response(status)
            self.send_header("X-aws-ec2-metadata-token-ttl-seconds", "21600")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def run_agent(url, instance_id, variables, *options, keys):
    """The node agent on that instance, as that principal."""
    jars = [*AGENT.glob("multus-node-agent-*.jar"), AGENT / "jars" / "*"]
    assert len(jars) == 2, f"no jar in {AGENT}: ./mvnw -Dquick -pl deploy/node-agent -am package -DskipTests"
    access_key, secret_key, session_token = keys
    environment = {
        "PATH": os.environ["PATH"], "AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret_key, "AWS_SESSION_TOKEN": session_token,
    }
    with metadata_service(instance_id) as metadata, tempfile.NamedTemporaryFile("w", suffix=".conf") as config:
        config.writelines(f"{key}={value}\n" for key, value in variables.items())
        config.flush()
        program = ["-cp", ":".join(map(str, jars)), "io.github.multus4j.deploy.agent.Main"]
        return PROGRAMS.run(
            "agent", [*program, "attach", "--config", config.name, "--endpoint", url, "--metadata", metadata, *options], env=environment
        )


def launch_event(instance_id, group="multus-nodes", hook="Launch-LC-Hook"):
    return {
        "version": "0",
        "id": "12345678-1234-1234-1234-123456789012",
        "detail-type": "EC2 Instance-launch Lifecycle Action",
        "source": "aws.autoscaling",
        "account": "123456789012",
        "time": "2026-01-01T00:00:00Z",
        "region": REGION,
        "resources": [],
        "detail": {
            "LifecycleActionToken": "87654321-4321-4321-4321-210987654321",
            "AutoScalingGroupName": group,
            "LifecycleHookName": hook,
            "EC2InstanceId": instance_id,
            "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING",
            "Origin": "EC2",
            "Destination": "AutoScalingGroup",
        },
    }


def run_lambda(jar, url, variables, event, *options, keys=("test", "test", None)):
    """The function's program with one event, as that principal."""
    access_key, secret_key, session_token = keys
    environment = {
        "PATH": os.environ["PATH"], "AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret_key, "AWS_REGION": REGION, **variables,
    }
    if session_token:
        environment["AWS_SESSION_TOKEN"] = session_token
    return PROGRAMS.run("lambda", ["-jar", str(jar), "-", "--endpoint", url, *options], input=json.dumps(event), env=environment)
