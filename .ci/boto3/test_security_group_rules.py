"""The rules of security groups, as scripts of operators add, list and remove them."""

import pytest
from conftest import refused, tag_specifications

SSH = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "ssh"}]}


@pytest.fixture
def group_id(ec2, world):
    made = ec2.create_security_group(GroupName="rules", Description="Rules", VpcId=world.vpc_id)["GroupId"]
    yield made
    ec2.delete_security_group(GroupId=made)


def group_of(ec2, group_id):
    return ec2.describe_security_groups(GroupIds=[group_id])["SecurityGroups"][0]


def rules_of(ec2, group_id, egress):
    found = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group_id]}])["SecurityGroupRules"]
    return [rule for rule in found if rule["IsEgress"] is egress]


def test_a_new_group_allows_outbound_traffic(ec2, group_id):
    group = group_of(ec2, group_id)
    assert group["IpPermissions"] == []
    assert group["IpPermissionsEgress"] == [
        {
            "IpProtocol": "-1", "UserIdGroupPairs": [], "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
            "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "PrefixListIds": [],
        }
    ]


def test_ingress_rules_come_and_go(ec2, group_id):
    made = ec2.authorize_security_group_ingress(
        GroupId=group_id,
        IpPermissions=[SSH, {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group_id}]}],
        TagSpecifications=tag_specifications("security-group-rule", use="access"),
    )
    assert made["Return"] is True
    ssh, self_reference = made["SecurityGroupRules"]
    assert (ssh["CidrIpv4"], ssh["FromPort"], ssh["ToPort"], ssh["IsEgress"]) == ("10.0.0.0/8", 22, 22, False)
    assert self_reference["ReferencedGroupInfo"]["GroupId"] == group_id
    shown = group_of(ec2, group_id)["IpPermissions"]
    assert shown[0]["IpRanges"] == SSH["IpRanges"] and shown[0]["FromPort"] == 22
    assert shown[1]["UserIdGroupPairs"][0]["GroupId"] == group_id and "FromPort" not in shown[1]
    with refused("InvalidPermission.Duplicate", 'peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW" already exists'):
        ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[SSH])
    by_tag = ec2.describe_security_group_rules(Filters=[{"Name": "tag:use", "Values": ["access"]}])["SecurityGroupRules"]
    assert {rule["SecurityGroupRuleId"] for rule in by_tag} == {each["SecurityGroupRuleId"] for each in (ssh, self_reference)}
    gone = ec2.revoke_security_group_ingress(GroupId=group_id, SecurityGroupRuleIds=[ssh["SecurityGroupRuleId"]])
    assert gone["RevokedSecurityGroupRules"][0]["CidrIpv4"] == "10.0.0.0/8"
    ec2.revoke_security_group_ingress(GroupId=group_id, IpPermissions=shown[1:])
    assert group_of(ec2, group_id)["IpPermissions"] == []
    with refused("InvalidPermission.NotFound", "does not exist in this security group"):
        ec2.revoke_security_group_ingress(GroupId=group_id, IpPermissions=[SSH])
    with refused("InvalidSecurityGroupRuleId.NotFound"):
        ec2.describe_security_group_rules(SecurityGroupRuleIds=[ssh["SecurityGroupRuleId"]])


def test_outbound_traffic_is_closed_and_opened(ec2, group_id):
    everything = group_of(ec2, group_id)["IpPermissionsEgress"]
    ec2.revoke_security_group_egress(GroupId=group_id, IpPermissions=everything)
    assert rules_of(ec2, group_id, True) == []
    ec2.authorize_security_group_egress(GroupId=group_id, IpPermissions=[SSH])
    assert [rule["Description"] for rule in rules_of(ec2, group_id, True)] == ["ssh"]
    assert rules_of(ec2, group_id, False) == []


def test_the_short_form_of_scripts(ec2, group_id):
    ec2.authorize_security_group_ingress(GroupId=group_id, IpProtocol="udp", FromPort=2152, ToPort=2152, CidrIp="10.0.0.9/16")
    assert [(rule["IpProtocol"], rule["CidrIpv4"]) for rule in rules_of(ec2, group_id, False)] == [("udp", "10.0.0.0/16")]
    ec2.revoke_security_group_ingress(GroupId=group_id, IpProtocol="udp", FromPort=2152, ToPort=2152, CidrIp="10.0.0.0/16")


def test_a_group_that_a_rule_names_stays(ec2, world, group_id):
    ec2.authorize_security_group_ingress(
        GroupId=world.group_id, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group_id}]}]
    )
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=group_id)
    found = ec2.describe_security_groups(Filters=[{"Name": "ip-permission.group-id", "Values": [group_id]}])["SecurityGroups"]
    assert [each["GroupId"] for each in found] == [world.group_id]
    ec2.revoke_security_group_ingress(
        GroupId=world.group_id, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group_id}]}]
    )


def test_a_prefix_list_is_not_modelled(ec2, group_id):
    with refused("NotModelledByFake", "PrefixListIds"):
        ec2.authorize_security_group_ingress(
            GroupId=group_id, IpPermissions=[{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-12345678"}]}]
        )
