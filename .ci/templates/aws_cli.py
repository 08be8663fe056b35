"""The AWS CLI of this Python, for commands that are written for its version 2, and for moto.

moto executes a change set without working out the stack's outputs. `cloudformation deploy` therefore creates or updates the stack directly here, with
the parameters that the CLI has put together.
"""

import os
import sys

from awscli.clidriver import main
from awscli.customizations.cloudformation.deployer import Deployer

ONLY_IN_VERSION_2 = {"--cli-binary-format": 1, "--no-cli-pager": 0}
# moto's CloudFormation answers 500 to a cluster of EKS, and to AWS::NoValue in the actions of a managed policy.
FORCED = {"WithCluster": "false", "useIPsFromStartOfSubnet": "true"}
ONLY_OF_CHANGE_SETS = {"ChangeSetName", "ChangeSetType", "Description"}


def for_version_1(arguments):
    left = iter(arguments)
    for argument in left:
        for _ in range(ONLY_IN_VERSION_2.get(argument, 0)):
            next(left)
        if argument not in ONLY_IN_VERSION_2:
            yield argument


class WithoutChangeSets:
    def __init__(self, client):
        self.client = client

    def __getattr__(self, name):
        return getattr(self.client, name)

    def create_change_set(self, **arguments):
        for key, value in FORCED.items():
            if f"  {key}:\n    Type:" in arguments["TemplateBody"]:
                others = [it for it in arguments["Parameters"] if it["ParameterKey"] != key]
                arguments["Parameters"] = [*others, {"ParameterKey": key, "ParameterValue": value}]
        change = self.client.create_stack if arguments["ChangeSetType"] == "CREATE" else self.client.update_stack
        change(**{key: value for key, value in arguments.items() if key not in ONLY_OF_CHANGE_SETS})
        return {"Id": "none"}

    def execute_change_set(self, **_):
        pass


make = Deployer.__init__
Deployer.__init__ = lambda self, client, *others, **more: make(self, WithoutChangeSets(client), *others, **more)
Deployer.wait_for_changeset = lambda self, changeset_id, stack_name: None
# SQS in us-east-1 has an older address, which the variable AWS_ENDPOINT_URL does not replace.
sys.argv = ["aws", "--endpoint-url", os.environ["AWS_ENDPOINT_URL"], *for_version_1(sys.argv[1:])]
sys.exit(main())
