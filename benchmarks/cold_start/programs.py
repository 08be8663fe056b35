"""What is measured: how each program is made ready, and the command that handles the launch of a world's node."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

REPO = pathlib.Path(__file__).resolve().parents[2]
LAMBDA = REPO / "deploy" / "lambda"
AGENT = REPO / "deploy" / "node-agent"
HANDLER = "io.github.multus4j.deploy.lambda.MultusHandler"
RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
MANAGED_FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def environment(world, **more):
    """What Lambda and its settings put there, and nothing of this machine's but its path."""
    return {
        "PATH": os.environ["PATH"],
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": world["endpoint"],
        "SubnetIds": world["subnets"],
        "SecGroupIds": world["securityGroup"],
        "TargetNodeGroupTagKey": world["trigger"],
        "LifecycleHookNames": world["hook"],
        "useStaticIPs": "true",
        **more,
    }


class Boto3:
    """The reference Lambda's calls. It trusts what boto3 trusts, and the world's certificate."""

    name, is_lambda, completes_hook = "boto3", False, True

    def __init__(self, work, jdk):
        self._work = work

    def keys(self, world):
        return KEYS

    def command(self, world):
        import botocore

        event, bundle = self._work / "event.json", self._work / "bundle.pem"
        event.write_text(json.dumps(world["event"]))
        usual = pathlib.Path(botocore.__file__).with_name("cacert.pem")
        bundle.write_text(usual.read_text() + pathlib.Path(world["certificate"]).read_text())
        variables = environment(world, AWS_DEFAULT_REGION="us-east-1", AWS_CA_BUNDLE=str(bundle), **self.keys(world))
        return [sys.executable, str(REPO / "benchmarks/cold_start/launch.py"), str(event)], variables, self._work


class Boto3OnNode(Boto3):
    """The same, with the keys of the instance's role, as the agent has them: a node has no others."""

    name = "boto3-node"

    def keys(self, world):
        return {"AWS_EC2_METADATA_SERVICE_ENDPOINT": world["metadata"]}


class Agent:
    """The node agent as its archive installs it. Its keys are those of the instance's role, as on a node."""

    name, is_lambda, completes_hook = "agent", False, False

    options = "-XX:AOTMode=on"

    def __init__(self, work, jdk):
        root = work / "node"
        self._work, self._agent = work, root / "opt/multus4j/bin/multus-agent"
        if not root.exists():
            self._install(root)

    def _install(self, root):
        [archive] = (AGENT / "target").glob("multus-agent-*.tar.gz")
        unpacked = self._work / "unpacked"
        unpacked.mkdir()
        subprocess.run(["tar", "-xzf", archive, "-C", unpacked, "--strip-components", "1"], check=True)
        subprocess.run([unpacked / "install.sh", "--root", root], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(unpacked)

    def command(self, world):
        variables = {
            "PATH": os.environ["PATH"],
            "MULTUS_AGENT_JAVA_OPTIONS": f"{world['trustOptions']} {self.options}",
        }
        settings = ["--subnets", world["subnets"], "--security-groups", world["securityGroup"], "--static-ips", "true"]
        places = ["--endpoint", world["endpoint"], "--metadata", world["metadata"]]
        return [str(self._agent), "attach", *settings, *places], variables, self._work


class AgentOverTls12(Agent):
    """The agent as somebody may set it: one key exchange less, which Java computes (ADR 26)."""

    name, options = "agent-tls1.2", Agent.options + " -Djdk.tls.client.protocols=TLSv1.2"


class Image:
    """The Lambda as its container image starts it, trained as the Dockerfile does it, without a container."""

    name, is_lambda, completes_hook = "image", True, True
    options = ""

    def __init__(self, work, jdk):
        self._jdk, self._task = jdk, work / self.name
        shutil.copytree(LAMBDA / "target/image/lib", self._task / "lib")
        shutil.copy2(LAMBDA / "target/multus-lambda.jar", self._task / "lib")
        shutil.copy2(LAMBDA / "image/start", self._task)
        training = f"{LAMBDA}/target/image/training/*:{LAMBDA}/target/shrink/whole.jar"
        java = [f"{jdk}/bin/java", f"-Djava.io.tmpdir={work}", "-cp", training]
        command = [*java, "io.github.multus4j.deploy.lambda.Training", "./start"]
        subprocess.run(command, cwd=self._task, check=True, capture_output=True, env=dict(os.environ, JAVA_OPTIONS=self.options))

    def command(self, world):
        variables = environment(world, JAVA_HOME=str(self._jdk), JDK_JAVA_OPTIONS=world["trustOptions"], JAVA_OPTIONS=self.options, **KEYS)
        return ["./start", HANDLER], variables, self._task


class ImageOverTls12(Image):
    """The image as somebody may build it, with one key exchange less (ADR 26)."""

    name, options = "image-tls1.2", "-Djdk.tls.client.protocols=TLSv1.2"


class Zip:
    """The Lambda's zip as a managed runtime starts it: unpacked, and loaded by AWS's client with a class loader of its own."""

    name, is_lambda, completes_hook = "zip", True, True

    def __init__(self, work, jdk):
        self._jdk, self._task = jdk, work / "task"
        with zipfile.ZipFile(LAMBDA / "target/multus-lambda.jar") as archive:
            archive.extractall(self._task)

    def command(self, world):
        jars = ":".join(str(jar) for jar in sorted((LAMBDA / "target/image/lib").glob("*.jar")))
        flags = [*MANAGED_FLAGS, *world["trustOptions"].split()]
        command = [f"{self._jdk}/bin/java", *flags, "-cp", jars, RUNTIME_CLIENT, HANDLER + "::handleRequest"]
        return command, environment(world, **KEYS), self._task


ALL = [Boto3, Boto3OnNode, Agent, AgentOverTls12, Image, ImageOverTls12, Zip]
