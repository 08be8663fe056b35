"""checkov, cfn-guard with the rules of AWS Control Tower, and cfn-lint for three other partitions and Regions, over all that is deployed.

Each finding has its answer in deploy/templates/findings.yaml. A finding without an answer fails, and so does an answer without a finding.
An answer that names parameters says that the finding is gone with them; the templates are scanned with them too.
"""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml
from stack import TEMPLATES, Stack, templates

REGIONS = ["us-east-1", "us-gov-west-1", "cn-north-1", "mx-central-1"]
DOCKERFILE = TEMPLATES.parent / "lambda" / "Dockerfile"
BAD = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": {"Open": {"Type": "AWS::S3::Bucket", "Properties": {"AccessControl": "PublicReadWrite"}}},
}
ANSWERS = yaml.safe_load((TEMPLATES / "findings.yaml").read_text())


def answered(scanner, only=lambda answer: True):
    """(file, rule, resource) of each answer."""
    return {
        (file, answer["rule"], resource)
        for answer in ANSWERS[scanner]
        if only(answer)
        for file, resources in answer["resources"].items()
        for resource in resources
    }


def answers_parameters():
    """The parameters of the answers, by template."""
    found = {}
    for answer in [*ANSWERS["checkov"], *ANSWERS["cfn-guard"]]:
        for name, parameters in answer.get("parameters", {}).items():
            found.setdefault(name, {}).update(parameters)
    return found


def hardened(name, parameters, folder):
    """The template with these parameters, worked out."""
    stack = Stack(name, **parameters)
    resources = {
        logical_id: {"Type": resource["Type"], "Properties": stack.work_out(resource.get("Properties", {}))}
        for logical_id, resource in stack.template["Resources"].items()
        if stack.has(resource)
    }
    file = folder / f"hardened-{Path(name).stem}.json"
    file.write_text(json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}))
    return file


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The templates, the templates with the answers' parameters, and a bad one."""
    folder = tmp_path_factory.mktemp("scanned")
    bad = folder / "bad.json"
    bad.write_text(json.dumps(BAD))
    worked_out = [hardened(name, parameters, folder) for name, parameters in answers_parameters().items()]
    return [*(TEMPLATES / name for name in templates()), *worked_out, bad]


@pytest.fixture(scope="module")
def scanners():
    folder = os.environ.get("MULTUS_SCANNERS")
    assert folder, "MULTUS_SCANNERS is not set: run the tests by .ci/emulators.sh run scanners -- COMMAND"
    return Path(folder)


@pytest.fixture(scope="module")
def checkov(scanners, files):
    """What checkov finds, as (file, rule, resource). One process, because its start takes seconds."""
    others = [TEMPLATES / "multus-networks.yaml", DOCKERFILE]
    command = [
        scanners / "bin" / "checkov", "--framework", "cloudformation", "kubernetes", "dockerfile", "--skip-download",
        "--quiet", "--output", "json", "--soft-fail", "--file", *files, *others,
    ]
    reports = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {report["check_type"] for report in reports} == {"cloudformation", "kubernetes", "dockerfile"}
    assert all(report["summary"]["parsing_errors"] == 0 and report["summary"]["passed"] > 0 for report in reports)
    return {
        (Path(finding["file_path"]).name, finding["check_id"], finding["resource"].split(".")[-1])
        for report in reports
        for finding in report["results"]["failed_checks"]
    }


def below_resources(value):
    """The logical ids in a report's paths, such as /Resources/LogGroup/Properties."""
    if isinstance(value, list):
        return {name for item in value for name in below_resources(item)}
    if not isinstance(value, dict):
        return set()
    path = value.get("path")
    found = {path.split("/")[2]} if isinstance(path, str) and path.startswith("/Resources/") else set()
    return found.union(*(below_resources(item) for item in value.values()))


@pytest.fixture(scope="module")
def guard(scanners, files, tmp_path_factory):
    """What cfn-guard finds, likewise. Its package brings the program and the rules in an archive."""
    (archive,) = scanners.glob("lib/python*/site-packages/cdklabs/cdk_validator_cfnguard/_jsii/*.jsii.tgz")
    folder = tmp_path_factory.mktemp("guard")
    with tarfile.open(archive) as package:
        package.extractall(folder, filter="data")
    program = folder / "package" / "bin" / "ubuntu" / os.uname().machine / "cfn-guard"
    assert program.exists(), f"cfn-guard's package has no program for {os.uname().machine}"
    program.chmod(0o755)
    data = [argument for file in files for argument in ("--data", file)]
    rules = folder / "package" / "rules" / "control-tower" / "cfn-guard"
    command = [program, "validate", *data, "--rules", rules, "--structured", "--output-format", "json", "--show-summary", "none"]
    ended = subprocess.run(command, capture_output=True, text=True)
    reports = json.loads(ended.stdout)
    assert len(reports) == len(files), ended.stderr
    return {
        (Path(report["name"]).name, finding["Rule"]["name"], resource)
        for report in reports
        for finding in report["not_compliant"]
        for resource in below_resources(finding)
    }


def of_sources(found):
    return {finding for finding in found if not finding[0].startswith(("hardened-", "bad."))}


def of_hardened(found):
    return {(file.removeprefix("hardened-").replace(".json", ".yaml"), *rest) for file, *rest in found if file.startswith("hardened-")}


def test_each_answer_is_a_sentence():
    assert all(answer["answer"].endswith(".") for answers in ANSWERS.values() for answer in answers)


def test_findings_of_checkov_are_answered(checkov):
    assert of_sources(checkov) == answered("checkov")


def test_findings_of_cfn_guard_are_answered(guard):
    assert of_sources(guard) == answered("cfn-guard")


def test_parameters_of_the_answers_mend(checkov, guard):
    for scanner, found in (("checkov", checkov), ("cfn-guard", guard)):
        assert not of_hardened(found) & answered(scanner, lambda answer: "parameters" in answer)


def test_new_findings_are_seen(checkov, guard):
    assert ("bad.json", "CKV_AWS_57", "Open") in checkov
    assert [rule for file, rule, _ in guard if file == "bad.json" and rule.startswith("s3_")]


def test_lint_for_other_partitions_and_a_recent_region():
    """Warnings and informational findings count."""
    command = [
        Path(sys.executable).with_name("cfn-lint"), "--include-checks", "I", "--format", "json", "--regions", *REGIONS,
        "--", *(TEMPLATES / name for name in templates()),
    ]
    found = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    in_regions = {region: {(Path(it["Filename"]).name, it["Rule"]["Id"], it["Location"]["Path"][1]) for it in found if f"'{region}'" in it["Message"]}
                  for region in REGIONS}
    assert in_regions == {"us-east-1": set(), **{region: answered("cfn-lint") for region in REGIONS[1:]}}
    assert all(any(f"'{region}'" in it["Message"] for region in REGIONS) for it in found), found


def test_no_arn_names_a_partition():
    for name in templates():
        text = (TEMPLATES / name).read_text()
        assert "arn:aws:" not in text and "arn:aws-" not in text, name
