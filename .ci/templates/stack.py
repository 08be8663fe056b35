"""CloudFormation templates, read and worked out far enough to look at policies and user data without CloudFormation."""

import base64
import json
import re
from pathlib import Path

import yaml

TEMPLATES = Path(__file__).resolve().parents[2] / "deploy" / "templates"
PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::StackName": "stack",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()


class ShortFunctions(yaml.SafeLoader):
    """!Sub is Fn::Sub."""


def short_function(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


ShortFunctions.add_multi_constructor("!", short_function)


def load(name):
    return yaml.load((TEMPLATES / name).read_text(), ShortFunctions)


def templates():
    """The CloudFormation templates among the files."""
    return sorted(path.name for path in TEMPLATES.glob("*.yaml") if "AWSTemplateFormatVersion" in path.read_text())


class Stack:
    """A template with its parameters decided. What only CloudFormation knows is «LogicalId.Attribute»."""

    def __init__(self, name, **parameters):
        self.template = load(name)
        declared = self.template.get("Parameters", {})
        assert parameters.keys() <= declared.keys(), f"{name} has no {parameters.keys() - declared.keys()}"
        self.values = dict(PSEUDO)
        for key, declaration in declared.items():
            value = str(parameters.get(key, declaration.get("Default")))
            is_list = declaration["Type"] == "CommaDelimitedList" or declaration["Type"].startswith("List<")
            self.values[key] = value.split(",") if is_list else value

    def condition(self, name):
        return self.work_out(self.template["Conditions"][name])

    def resources(self, kind):
        """The properties of the resources of a kind that the stack has, by logical id."""
        return {
            logical_id: self.work_out(resource.get("Properties", {}))
            for logical_id, resource in self.template["Resources"].items()
            if resource["Type"] == kind and self.has(resource)
        }

    def has(self, resource):
        return "Condition" not in resource or self.condition(resource["Condition"])

    def statements(self, role):
        """What the role with that logical id may do."""
        documents = [policy["PolicyDocument"] for policy in self.resources("AWS::IAM::Role")[role].get("Policies", [])]
        documents += [
            policy["PolicyDocument"]
            for policy in self.resources("AWS::IAM::Policy").values()
            if f"«{role}»" in policy["Roles"]
        ]
        return [statement for document in documents for statement in document["Statement"]]

    def user_data(self):
        (launch_template,) = self.resources("AWS::EC2::LaunchTemplate").values()
        return base64.b64decode(launch_template["LaunchTemplateData"]["UserData"]).decode()

    def work_out(self, value):
        if isinstance(value, list):
            return [item for item in map(self.work_out, value) if item is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            function = FUNCTIONS.get(name)
            if function:
                return function(self, argument)
            assert not str(name).startswith("Fn::"), f"{name} is not known here"
        worked_out = {key: self.work_out(item) for key, item in value.items()}
        return {key: item for key, item in worked_out.items() if item is not NO_VALUE}

    def ref(self, name):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.values:
            return self.values[name]
        assert name in self.template["Resources"], f"{name} is neither a parameter nor a resource"
        return f"«{name}»"

    def get_att(self, argument):
        logical_id, attribute = argument
        assert logical_id in self.template["Resources"], f"there is no {logical_id}"
        return f"«{logical_id}.{attribute}»"

    def sub(self, argument):
        text, variables = argument if isinstance(argument, list) else (argument, {})

        def replace(found):
            name = found[1]
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in variables:
                return str(self.work_out(variables[name]))
            return str(self.get_att(name.split(".", 1)) if "." in name else self.ref(name))

        return re.sub(r"\$\{([^}]+)\}", replace, text)

    def choose(self, argument):
        condition, then, otherwise = argument
        return self.work_out(then if self.condition(condition) else otherwise)

    def join(self, argument):
        delimiter, items = argument
        return delimiter.join(map(str, self.work_out(items)))

    def split(self, argument):
        delimiter, text = argument
        return self.work_out(text).split(delimiter)

    def select(self, argument):
        index, items = argument
        return self.work_out(items)[int(index)]


FUNCTIONS = {
    "Ref": Stack.ref,
    "Condition": Stack.condition,
    "Fn::GetAtt": Stack.get_att,
    "Fn::Sub": Stack.sub,
    "Fn::If": Stack.choose,
    "Fn::Join": Stack.join,
    "Fn::Split": Stack.split,
    "Fn::Select": Stack.select,
    "Fn::Equals": lambda stack, pair: str(stack.work_out(pair[0])) == str(stack.work_out(pair[1])),
    "Fn::Not": lambda stack, one: not stack.work_out(one[0]),
    "Fn::And": lambda stack, all_of: all(stack.work_out(item) for item in all_of),
    "Fn::Or": lambda stack, some: any(stack.work_out(item) for item in some),
    "Fn::Base64": lambda stack, text: base64.b64encode(stack.work_out(text).encode()).decode(),
}


def policy(statements):
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def actions(statements):
    """All that is allowed, in its order."""
    found = {}
    for statement in statements:
        allowed = statement["Action"]
        for action in [allowed] if isinstance(allowed, str) else allowed:
            found[action] = None
    return list(found)


def without(statements, action):
    """The statements with one action taken away."""
    left = []
    for statement in statements:
        allowed = statement["Action"]
        allowed = [it for it in ([allowed] if isinstance(allowed, str) else allowed) if it != action]
        if allowed:
            left.append({**statement, "Action": allowed})
    return left


def grants(statements):
    """The conditions of each action, by the kind of resource in its ARNs; None without a condition. All ARNs end with a wildcard."""
    found = {}
    for statement in statements:
        for action in actions([statement]):
            resources = statement["Resource"]
            for arn in [resources] if isinstance(resources, str) else resources:
                kind = arn.split("/")[0].removeprefix(f"arn:{PSEUDO['AWS::Partition']}:ec2:{PSEUDO['AWS::Region']}:")
                assert kind not in found.setdefault(action, {}), f"{action} on {kind} is allowed twice"
                found[action][kind] = statement.get("Condition")
    return found
