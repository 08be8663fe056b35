"""The parts of benchmarks/cold-start that need no build: the reference's calls, Lambda's runtime API, the table."""

import json
import os
import pathlib
import subprocess
import sys
import urllib.request

from conftest import ENDPOINT, REGION, control, launch, tag_specifications, token

BENCHMARKS = pathlib.Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from cold_start import report  # noqa: E402
from cold_start.lambda_runtime import NEXT, LambdaRuntime  # noqa: E402
from cold_start.measure import Run  # noqa: E402


def test_the_references_calls_make_a_node_ready(ec2, autoscaling, world, tmp_path):
    group = "ng-" + token()
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=group, MinSize=0, MaxSize=1, VPCZoneIdentifier=world.ipv4["SubnetId"]
    )
    autoscaling.put_lifecycle_hook(
        AutoScalingGroupName=group, LifecycleHookName="multus", LifecycleTransition="autoscaling:EC2_INSTANCE_LAUNCHING"
    )
    instance_id = launch(ec2, world, TagSpecifications=tag_specifications("instance", **{"multus-ng": "true"}))
    autoscaling.attach_instances(AutoScalingGroupName=group, InstanceIds=[instance_id])
    event = tmp_path / "event.json"
    event.write_text(control("events").splitlines()[-1])
    subnets = [world.ipv4["SubnetId"], world.dual["SubnetId"]]
    variables = {
        "AWS_ENDPOINT_URL": ENDPOINT, "AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "SubnetIds": ",".join(subnets), "SecGroupIds": world.group_id, "TargetNodeGroupTagKey": "multus-ng",
    }

    subprocess.run([sys.executable, BENCHMARKS / "cold_start/launch.py", event], env={**os.environ, **variables}, check=True)

    instance = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]
    made = {it["Attachment"]["DeviceIndex"]: it for it in instance["NetworkInterfaces"]}
    assert [made[index]["SubnetId"] for index in (1, 2)] == subnets
    assert all(made[index]["Attachment"]["DeleteOnTermination"] and not made[index]["SourceDestCheck"] for index in (1, 2))
    found = autoscaling.describe_auto_scaling_instances(InstanceIds=[instance_id])["AutoScalingInstances"]
    assert found[0]["LifecycleState"] == "InService"


def test_the_runtime_hands_out_its_event_and_takes_the_reply():
    runtime = LambdaRuntime({"id": 1})
    try:
        with urllib.request.urlopen(f"http://{runtime.address}{NEXT}") as answer:
            assert json.load(answer) == {"id": 1}
            request_id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
        assert runtime.reply(0) == ""
        reply = f"http://{runtime.address}/2018-06-01/runtime/invocation/{request_id}/response"
        urllib.request.urlopen(urllib.request.Request(reply, data=b"{}", method="POST")).close()
        assert runtime.reply(5) == "response {}"
    finally:
        runtime.close()


def test_the_table_says_which_marks_are_met(capsys):
    def runs(*seconds):
        return [Run(wall=it, done=it / 2, cpu=it, rss=64, calls=13) for it in seconds]

    report.show(0, 2, {"boto3": runs(1, 9, 2), "agent": runs(1.4, 1, 1.2), "zip": runs(5, 5, 5)})

    [boto3, agent, lambda_zip] = capsys.readouterr().out.splitlines()[-3:]
    assert "| 2000 (1000–9000) | 1.00 | 1000 (500–4500) | 1.00 |" in boto3
    assert "| 1200 (1000–1400) | 0.60 |" in agent and "wall ≤ 0.60: met" in agent
    assert "done ≤ 2.00: MISSED" in lambda_zip
