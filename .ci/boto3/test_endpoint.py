"""Builds a world in the fake EC2 with boto3, and uses it, as any program in any language would.

Needs a running endpoint: AWS_ENDPOINT_URL says where.
"""

import json
import time

import pytest
from conftest import client, called, control, launch, refused, tag_specifications, token, unknown_elements


def filters(**by_name):
    """Filters; an underscore in a name is a hyphen."""
    return [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in by_name.items()]


def tags_of(noun, key="TagSet"):
    return {tag["Key"]: tag["Value"] for tag in noun[key]}


def interface_of(ec2, interface_id):
    return ec2.describe_network_interfaces(NetworkInterfaceIds=[interface_id])["NetworkInterfaces"][0]


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "still not so after %d s" % seconds
        time.sleep(0.2)


@pytest.fixture
def interface(ec2, world):
    """An interface in the IPv4 subnet; deleted at the end unless the test did so."""
    made = ec2.create_network_interface(SubnetId=world.ipv4["SubnetId"], Groups=[world.group_id])["NetworkInterface"]
    yield made
    if ec2.describe_network_interfaces(Filters=filters(network_interface_id=made["NetworkInterfaceId"]))["NetworkInterfaces"]:
        ec2.delete_network_interface(NetworkInterfaceId=made["NetworkInterfaceId"])


class TestVpcs:
    def test_a_vpc_shows_its_blocks_and_tags(self, ec2, world):
        vpc = ec2.describe_vpcs(Filters=filters(vpc_id=world.vpc_id))["Vpcs"][0]
        assert vpc["CidrBlock"] == "10.0.0.0/16"
        assert [a["CidrBlock"] for a in vpc["CidrBlockAssociationSet"]] == ["10.0.0.0/16"]
        assert vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlockState"]["State"] == "associated"
        assert tags_of(vpc, "Tags") == {"Name": "test"}

    def test_a_block_can_be_added(self, ec2):
        vpc_id = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
        ipv4 = ec2.associate_vpc_cidr_block(VpcId=vpc_id, CidrBlock="10.9.0.0/16")
        assert ipv4["CidrBlockAssociation"]["CidrBlock"] == "10.9.0.0/16"
        ipv6 = ec2.associate_vpc_cidr_block(VpcId=vpc_id, AmazonProvidedIpv6CidrBlock=True)
        assert ipv6["Ipv6CidrBlockAssociation"]["Ipv6CidrBlock"].endswith("/56")
        ec2.delete_vpc(VpcId=vpc_id)
        with refused("InvalidVpcID.NotFound"):
            ec2.describe_vpcs(VpcIds=[vpc_id])

    def test_a_vpc_with_subnets_stays(self, ec2, world):
        with refused("DependencyViolation"):
            ec2.delete_vpc(VpcId=world.vpc_id)


class TestSubnets:
    def test_subnets_of_all_families(self, ec2, world):
        by_name = {
            tags_of(subnet, "Tags")["Name"]: subnet
            for subnet in ec2.describe_subnets(Filters=filters(vpc_id=world.vpc_id))["Subnets"]
        }
        assert by_name["ipv4"]["CidrBlock"] == "10.0.1.0/24"
        assert by_name["ipv4"]["Ipv6CidrBlockAssociationSet"] == []
        assert by_name["dual"]["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"] == world.ipv6(2)
        assert by_name["dual"]["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlockState"]["State"] == "associated"
        assert "CidrBlock" not in by_name["ipv6-only"] and by_name["ipv6-only"]["Ipv6Native"] is True
        assert by_name["elsewhere"]["AvailabilityZone"] == "us-east-1b"

    def test_filters_match_tags_and_wildcards(self, ec2, world):
        def names(**by_name):
            found = ec2.describe_subnets(Filters=filters(vpc_id=world.vpc_id, **by_name))["Subnets"]
            return {tags_of(subnet, "Tags")["Name"] for subnet in found}

        assert names(**{"tag:Name": "ipv*"}) == {"ipv4", "ipv6-only"}
        assert names(**{"tag:Name": "ipv?"}) == {"ipv4"}
        assert names(tag_key="test") == {"ipv4", "dual", "ipv6-only", "elsewhere"}
        assert names(subnet_id="subnet-00000000") == set()

    def test_a_filter_that_does_not_exist(self, ec2):
        with refused("InvalidParameterValue"):
            ec2.describe_subnets(Filters=filters(no_such_filter="x"))

    def test_pages(self, ec2, world):
        # More than the smallest page holds.
        extra = [
            ec2.create_subnet(VpcId=world.vpc_id, CidrBlock=f"10.0.{i}.0/24")["Subnet"]["SubnetId"] for i in range(100, 104)
        ]
        pages = list(
            ec2.get_paginator("describe_subnets").paginate(
                Filters=filters(vpc_id=world.vpc_id), PaginationConfig={"PageSize": 5}
            )
        )
        ids = [subnet["SubnetId"] for page in pages for subnet in page["Subnets"]]
        assert len(ids) == len(set(ids)) == 8 and len(pages) > 1
        for subnet_id in extra:
            ec2.delete_subnet(SubnetId=subnet_id)
        with refused("InvalidSubnetID.NotFound"):
            ec2.describe_subnets(SubnetIds=extra)

    def test_pages_are_of_a_size_that_ec2_takes(self):
        unchecked = client("ec2", parameter_validation=False)
        with refused("InvalidParameterValue", "greater than 5"):
            unchecked.describe_subnets(MaxResults=2)

    def test_ipv6_comes_and_goes(self, ec2, world):
        subnet_id = world.elsewhere["SubnetId"]
        association = ec2.associate_subnet_cidr_block(SubnetId=subnet_id, Ipv6CidrBlock=world.ipv6(9))
        association_id = association["Ipv6CidrBlockAssociation"]["AssociationId"]
        ec2.modify_subnet_attribute(SubnetId=subnet_id, AssignIpv6AddressOnCreation={"Value": True})
        assert ec2.describe_subnets(SubnetIds=[subnet_id])["Subnets"][0]["AssignIpv6AddressOnCreation"] is True
        ec2.modify_subnet_attribute(SubnetId=subnet_id, AssignIpv6AddressOnCreation={"Value": False})
        gone = ec2.disassociate_subnet_cidr_block(AssociationId=association_id)
        assert gone["Ipv6CidrBlockAssociation"]["AssociationId"] == association_id

    def test_a_reservation_binds_the_automatic_choice(self, ec2, world):
        subnet_id = ec2.create_subnet(VpcId=world.vpc_id, CidrBlock="10.0.64.0/28")["Subnet"]["SubnetId"]
        reservation = ec2.create_subnet_cidr_reservation(
            SubnetId=subnet_id, Cidr="10.0.64.8/29", ReservationType="explicit", Description="media",
            TagSpecifications=tag_specifications("subnet-cidr-reservation", Name="media"),
        )["SubnetCidrReservation"]
        # Four of sixteen are left: .4 to .7. The rest is reserved by EC2 or by us.
        made = [ec2.create_network_interface(SubnetId=subnet_id)["NetworkInterface"] for _ in range(4)]
        assert {each["PrivateIpAddress"] for each in made} == {f"10.0.64.{i}" for i in range(4, 8)}
        with refused("InsufficientFreeAddressesInSubnet"):
            ec2.create_network_interface(SubnetId=subnet_id)
        # An address that is named may be inside.
        made.append(ec2.create_network_interface(SubnetId=subnet_id, PrivateIpAddress="10.0.64.9")["NetworkInterface"])
        listed = ec2.get_subnet_cidr_reservations(SubnetId=subnet_id)
        assert [each["Cidr"] for each in listed["SubnetIpv4CidrReservations"]] == ["10.0.64.8/29"]
        assert listed["SubnetIpv6CidrReservations"] == []
        reservation_id = reservation["SubnetCidrReservationId"]
        gone = ec2.delete_subnet_cidr_reservation(SubnetCidrReservationId=reservation_id)
        assert gone["DeletedSubnetCidrReservation"]["SubnetCidrReservationId"] == reservation_id
        for each in made:
            ec2.delete_network_interface(NetworkInterfaceId=each["NetworkInterfaceId"])
        ec2.delete_subnet(SubnetId=subnet_id)


class TestSecurityGroups:
    def test_a_group_comes_and_goes(self, ec2, world):
        group_id = ec2.create_security_group(GroupName="short", Description="d", VpcId=world.vpc_id)["GroupId"]
        groups = ec2.describe_security_groups(Filters=filters(group_name="short", vpc_id=world.vpc_id))["SecurityGroups"]
        assert [(g["GroupId"], g["GroupName"], g["Description"]) for g in groups] == [(group_id, "short", "d")]
        with refused("InvalidGroup.Duplicate"):
            ec2.create_security_group(GroupName="short", Description="d", VpcId=world.vpc_id)
        ec2.delete_security_group(GroupId=group_id)
        with refused("InvalidGroup.NotFound"):
            ec2.describe_security_groups(GroupIds=[group_id])


class TestInterfaces:
    def test_everything_in_one_call(self, ec2, world):
        made = ec2.create_network_interface(
            SubnetId=world.dual["SubnetId"], Description="media 1", Groups=[world.group_id], Ipv6AddressCount=1,
            PrivateIpAddresses=[
                {"PrivateIpAddress": "10.0.2.21", "Primary": False},
                {"PrivateIpAddress": "10.0.2.20", "Primary": True},
            ],
            TagSpecifications=tag_specifications("network-interface", **{"node.k8s.amazonaws.com/no_manage": "true"}),
            ClientToken=token(),
        )["NetworkInterface"]
        assert made["Status"] == "pending"
        seen = interface_of(ec2, made["NetworkInterfaceId"])
        assert seen["Status"] == "available" and "Attachment" not in seen
        assert seen["PrivateIpAddress"] == "10.0.2.20"
        assert [(a["PrivateIpAddress"], a["Primary"]) for a in seen["PrivateIpAddresses"]] == [
            ("10.0.2.20", True), ("10.0.2.21", False),
        ]
        assert len(seen["Ipv6Addresses"]) == 1
        assert seen["Groups"] == [{"GroupId": world.group_id, "GroupName": "media"}]
        assert seen["SourceDestCheck"] is True and seen["Description"] == "media 1"
        assert tags_of(seen) == {"node.k8s.amazonaws.com/no_manage": "true"}
        ec2.delete_network_interface(NetworkInterfaceId=made["NetworkInterfaceId"])

    def test_an_ipv6_only_subnet_gives_ipv6_only(self, ec2, world):
        made = ec2.create_network_interface(SubnetId=world.ipv6_only["SubnetId"], Ipv6AddressCount=1)["NetworkInterface"]
        assert made["PrivateIpAddresses"] == [] and len(made["Ipv6Addresses"]) == 1
        ec2.delete_network_interface(NetworkInterfaceId=made["NetworkInterfaceId"])

    def test_prefixes(self, ec2, world):
        made = ec2.create_network_interface(SubnetId=world.dual["SubnetId"], Ipv4PrefixCount=1)["NetworkInterface"]
        assert made["Ipv4Prefixes"][0]["Ipv4Prefix"].endswith("/28")
        ec2.delete_network_interface(NetworkInterfaceId=made["NetworkInterfaceId"])

    def test_addresses_that_are_refused(self, ec2, world, interface):
        with refused("InvalidIPAddress.InUse"):
            ec2.create_network_interface(
                SubnetId=world.ipv4["SubnetId"], PrivateIpAddress=interface["PrivateIpAddress"]
            )
        for unusable in ["10.0.1.1", "10.0.2.77", "10.0.1.256"]:
            with refused("InvalidParameterValue"):
                ec2.create_network_interface(SubnetId=world.ipv4["SubnetId"], PrivateIpAddress=unusable)

    def test_a_client_token_gives_the_same_interface_again(self, ec2, world):
        request = dict(SubnetId=world.ipv4["SubnetId"], Description="once", ClientToken=token())
        first = ec2.create_network_interface(**request)["NetworkInterface"]["NetworkInterfaceId"]
        again = ec2.create_network_interface(**request)["NetworkInterface"]["NetworkInterfaceId"]
        assert first == again
        with refused("IdempotentParameterMismatch"):
            ec2.create_network_interface(**{**request, "Description": "twice"})
        ec2.delete_network_interface(NetworkInterfaceId=first)

    def test_attributes(self, ec2, world, interface):
        interface_id = interface["NetworkInterfaceId"]
        ec2.modify_network_interface_attribute(NetworkInterfaceId=interface_id, SourceDestCheck={"Value": False})
        ec2.modify_network_interface_attribute(NetworkInterfaceId=interface_id, Description={"Value": "new"})
        ec2.modify_network_interface_attribute(NetworkInterfaceId=interface_id, Groups=[world.group_id])

        def attribute(name):
            return ec2.describe_network_interface_attribute(NetworkInterfaceId=interface_id, Attribute=name)

        assert attribute("sourceDestCheck")["SourceDestCheck"] == {"Value": False}
        assert attribute("description")["Description"] == {"Value": "new"}
        assert attribute("groupSet")["Groups"][0]["GroupId"] == world.group_id
        assert "Attachment" not in attribute("attachment")
        with refused("InvalidParameterCombination"):
            ec2.modify_network_interface_attribute(
                NetworkInterfaceId=interface_id, Description={"Value": "x"}, SourceDestCheck={"Value": True}
            )

    def test_attach_and_detach(self, ec2, world, interface):
        interface_id = interface["NetworkInterfaceId"]
        attached = ec2.attach_network_interface(
            NetworkInterfaceId=interface_id, InstanceId=world.instance_id, DeviceIndex=2, NetworkCardIndex=0
        )
        attachment_id = attached["AttachmentId"]
        assert attached["NetworkCardIndex"] == 0
        wait_until(lambda: interface_of(ec2, interface_id)["Attachment"]["Status"] == "attached")
        seen = interface_of(ec2, interface_id)
        assert seen["Status"] == "in-use"
        assert seen["Attachment"]["DeleteOnTermination"] is False
        ec2.modify_network_interface_attribute(
            NetworkInterfaceId=interface_id, Attachment={"AttachmentId": attachment_id, "DeleteOnTermination": True}
        )
        instance = ec2.describe_instances(InstanceIds=[world.instance_id])["Reservations"][0]["Instances"][0]
        here = {each["Attachment"]["DeviceIndex"]: each for each in instance["NetworkInterfaces"]}
        assert here[2]["NetworkInterfaceId"] == interface_id
        assert here[2]["Attachment"]["DeleteOnTermination"] is True
        found = ec2.describe_network_interfaces(
            Filters=filters(
                **{
                    "attachment.instance-id": world.instance_id,
                    "attachment.device-index": "2",
                    "attachment.status": "attached",
                }
            )
        )["NetworkInterfaces"]
        assert [each["NetworkInterfaceId"] for each in found] == [interface_id]
        with refused("InvalidParameterValue", "in use"):
            ec2.delete_network_interface(NetworkInterfaceId=interface_id)
        ec2.detach_network_interface(AttachmentId=attachment_id)
        wait_until(lambda: interface_of(ec2, interface_id)["Status"] == "available")
        with refused("InvalidAttachmentID.NotFound"):
            ec2.detach_network_interface(AttachmentId=attachment_id)

    def test_attaching_is_refused(self, ec2, world, interface):
        interface_id = interface["NetworkInterfaceId"]
        with refused("InvalidParameterValue", "device index '0'"):
            ec2.attach_network_interface(NetworkInterfaceId=interface_id, InstanceId=world.instance_id, DeviceIndex=0)
        with refused("InvalidInstanceID.NotFound"):
            ec2.attach_network_interface(
                NetworkInterfaceId=interface_id, InstanceId="i-0123456789abcdef0", DeviceIndex=1
            )
        with refused("InvalidNetworkInterfaceID.NotFound"):
            ec2.attach_network_interface(
                NetworkInterfaceId="eni-0123456789abcdef0", InstanceId=world.instance_id, DeviceIndex=1
            )
        far = ec2.create_network_interface(SubnetId=world.elsewhere["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
        with pytest.raises(ec2.exceptions.ClientError):
            ec2.attach_network_interface(NetworkInterfaceId=far, InstanceId=world.instance_id, DeviceIndex=1)
        ec2.delete_network_interface(NetworkInterfaceId=far)

    def test_pages(self, ec2, world):
        made = [
            ec2.create_network_interface(
                SubnetId=world.ipv4["SubnetId"], TagSpecifications=tag_specifications("network-interface", batch="pages")
            )["NetworkInterface"]["NetworkInterfaceId"]
            for _ in range(12)
        ]
        pages = list(
            ec2.get_paginator("describe_network_interfaces").paginate(
                Filters=filters(**{"tag:batch": "pages"}), PaginationConfig={"PageSize": 5}
            )
        )
        assert {each["NetworkInterfaceId"] for page in pages for each in page["NetworkInterfaces"]} == set(made)
        assert len(pages) >= 3
        with refused("InvalidParameterCombination"):
            ec2.describe_network_interfaces(NetworkInterfaceIds=made[:1], MaxResults=5)
        for interface_id in made:
            ec2.delete_network_interface(NetworkInterfaceId=interface_id)
        with refused("InvalidNetworkInterfaceID.NotFound"):
            ec2.delete_network_interface(NetworkInterfaceId=made[0])


class TestAddresses:
    def test_ipv4_addresses_come_move_and_go(self, ec2, world, interface):
        interface_id = interface["NetworkInterfaceId"]
        assigned = ec2.assign_private_ip_addresses(NetworkInterfaceId=interface_id, PrivateIpAddresses=["10.0.1.200"])
        assert assigned["AssignedPrivateIpAddresses"] == [{"PrivateIpAddress": "10.0.1.200"}]
        other = ec2.create_network_interface(SubnetId=world.ipv4["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
        with refused("InvalidParameterValue"):
            ec2.assign_private_ip_addresses(NetworkInterfaceId=other, PrivateIpAddresses=["10.0.1.200"])
        ec2.assign_private_ip_addresses(
            NetworkInterfaceId=other, PrivateIpAddresses=["10.0.1.200"], AllowReassignment=True
        )
        assert "10.0.1.200" not in str(interface_of(ec2, interface_id))
        ec2.unassign_private_ip_addresses(NetworkInterfaceId=other, PrivateIpAddresses=["10.0.1.200"])
        assert "10.0.1.200" not in str(interface_of(ec2, other))
        ec2.delete_network_interface(NetworkInterfaceId=other)

    def test_ipv6_addresses_come_and_go(self, ec2, world):
        interface_id = ec2.create_network_interface(SubnetId=world.dual["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
        wanted = world.ipv6(2).replace("/64", "cafe")
        assigned = ec2.assign_ipv6_addresses(NetworkInterfaceId=interface_id, Ipv6Addresses=[wanted])
        assert assigned["AssignedIpv6Addresses"] == [wanted]
        found = ec2.describe_network_interfaces(
            Filters=filters(**{"ipv6-addresses.ipv6-address": wanted})
        )["NetworkInterfaces"]
        assert [each["NetworkInterfaceId"] for each in found] == [interface_id]
        gone = ec2.unassign_ipv6_addresses(NetworkInterfaceId=interface_id, Ipv6Addresses=[wanted])
        assert gone["UnassignedIpv6Addresses"] == [wanted]
        ec2.delete_network_interface(NetworkInterfaceId=interface_id)

    def test_prefixes_come_and_go(self, ec2, world):
        interface_id = ec2.create_network_interface(SubnetId=world.dual["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
        assigned = ec2.assign_private_ip_addresses(NetworkInterfaceId=interface_id, Ipv4PrefixCount=1)
        ipv4 = [each["Ipv4Prefix"] for each in assigned["AssignedIpv4Prefixes"]]
        ipv6 = ec2.assign_ipv6_addresses(NetworkInterfaceId=interface_id, Ipv6PrefixCount=1)["AssignedIpv6Prefixes"]
        shown = interface_of(ec2, interface_id)
        assert [each["Ipv4Prefix"] for each in shown["Ipv4Prefixes"]] == ipv4
        assert [each["Ipv6Prefix"] for each in shown["Ipv6Prefixes"]] == ipv6
        with refused("InvalidIPAddress.InUse"):
            ec2.assign_private_ip_addresses(NetworkInterfaceId=interface_id, Ipv4Prefixes=ipv4)
        ec2.unassign_private_ip_addresses(NetworkInterfaceId=interface_id, Ipv4Prefixes=ipv4)
        gone = ec2.unassign_ipv6_addresses(NetworkInterfaceId=interface_id, Ipv6Prefixes=ipv6)
        assert gone["UnassignedIpv6Prefixes"] == ipv6
        with refused("InvalidParameterValue"):
            ec2.unassign_private_ip_addresses(NetworkInterfaceId=interface_id, Ipv4Prefixes=ipv4)
        ec2.delete_network_interface(NetworkInterfaceId=interface_id)


class TestTags:
    def test_tags_come_and_go(self, ec2, interface):
        interface_id = interface["NetworkInterfaceId"]
        ec2.create_tags(Resources=[interface_id], Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
        assert tags_of(interface_of(ec2, interface_id)) == {"a": "1", "b": ""}
        listed = ec2.describe_tags(Filters=filters(resource_id=interface_id))["Tags"]
        assert {(t["Key"], t["Value"], t["ResourceType"]) for t in listed} == {
            ("a", "1", "network-interface"), ("b", "", "network-interface"),
        }
        # A tag with another value than the one named stays.
        ec2.delete_tags(Resources=[interface_id], Tags=[{"Key": "a", "Value": "2"}, {"Key": "b"}])
        assert tags_of(interface_of(ec2, interface_id)) == {"a": "1"}

    def test_text_comes_back_as_it_went(self, ec2, interface):
        interface_id = interface["NetworkInterfaceId"]
        text = "a<b>&\"c\" 'd' é 日本 🎈 +%20="
        ec2.create_tags(Resources=[interface_id], Tags=[{"Key": "text", "Value": text}])
        assert tags_of(interface_of(ec2, interface_id)) == {"text": text}


class TestInstances:
    def test_a_life(self, ec2, world):
        instance_id = launch(ec2, world)
        instance = ec2.describe_instances(Filters=filters(instance_id=instance_id))["Reservations"][0]["Instances"][0]
        assert instance["State"] == {"Code": 16, "Name": "running"}
        assert instance["SubnetId"] == world.ipv4["SubnetId"] and instance["VpcId"] == world.vpc_id
        assert tags_of(instance, "Tags") == {"Name": "node"}
        kept = ec2.create_network_interface(SubnetId=world.ipv4["SubnetId"])["NetworkInterface"]["NetworkInterfaceId"]
        ec2.attach_network_interface(NetworkInterfaceId=kept, InstanceId=instance_id, DeviceIndex=1)
        ec2.stop_instances(InstanceIds=[instance_id])
        ec2.get_waiter("instance_stopped").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        ec2.start_instances(InstanceIds=[instance_id])
        ec2.get_waiter("instance_running").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        change = ec2.terminate_instances(InstanceIds=[instance_id])["TerminatingInstances"][0]
        assert change["PreviousState"]["Name"] == "running" and change["CurrentState"]["Name"] == "shutting-down"
        ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance_id], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        # The primary interface went with it, the other did not: DeleteOnTermination is false after an attach.
        wait_until(lambda: interface_of(ec2, kept)["Status"] == "available")
        primary = instance["NetworkInterfaces"][0]["NetworkInterfaceId"]
        with refused("InvalidNetworkInterfaceID.NotFound"):
            interface_of(ec2, primary)
        ec2.delete_network_interface(NetworkInterfaceId=kept)

    def test_interfaces_at_launch(self, ec2, world):
        instance_id = launch(
            ec2, world, SubnetId=None, SecurityGroupIds=None,
            NetworkInterfaces=[
                {"DeviceIndex": index, "SubnetId": world.ipv4["SubnetId"], "Groups": [world.group_id], "DeleteOnTermination": True}
                for index in (0, 1)
            ],
        )
        instance = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]
        assert {each["Attachment"]["DeviceIndex"] for each in instance["NetworkInterfaces"]} == {0, 1}
        ec2.terminate_instances(InstanceIds=[instance_id])

    def test_types_and_zones(self, ec2):
        kind = ec2.describe_instance_types(InstanceTypes=["m5.4xlarge"])["InstanceTypes"][0]
        assert kind["NetworkInfo"]["MaximumNetworkInterfaces"] == 8
        assert kind["NetworkInfo"]["Ipv4AddressesPerInterface"] == 30
        assert kind["NetworkInfo"]["NetworkCards"][0]["NetworkCardIndex"] == 0
        with refused("InvalidInstanceType"):
            ec2.describe_instance_types(InstanceTypes=["m5.nonsense"])
        zones = ec2.describe_availability_zones()["AvailabilityZones"]
        assert "us-east-1a" in {zone["ZoneName"] for zone in zones}


class TestLifecycleHooks:
    def test_a_hook_holds_the_instance_until_it_is_completed(self, ec2, autoscaling, world):
        group, hook = "ng-" + token(), "attach-multus"
        autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=group, MinSize=0, MaxSize=3, VPCZoneIdentifier=world.ipv4["SubnetId"],
            Tags=[{"Key": "multus-ng", "Value": "true", "PropagateAtLaunch": True}],
        )
        autoscaling.put_lifecycle_hook(
            AutoScalingGroupName=group, LifecycleHookName=hook, HeartbeatTimeout=300,
            LifecycleTransition="autoscaling:EC2_INSTANCE_LAUNCHING", DefaultResult="ABANDON", NotificationMetadata="hello",
        )
        instance_id = launch(ec2, world)
        autoscaling.attach_instances(AutoScalingGroupName=group, InstanceIds=[instance_id])

        def state():
            found = autoscaling.describe_auto_scaling_instances(InstanceIds=[instance_id])["AutoScalingInstances"]
            return found[0]["LifecycleState"] if found else None

        assert state() == "Pending:Wait"
        event = [json.loads(line) for line in control("events").splitlines()][-1]
        assert event["source"] == "aws.autoscaling"
        assert event["detail-type"] == "EC2 Instance-launch Lifecycle Action"
        detail = event["detail"]
        assert detail["EC2InstanceId"] == instance_id and detail["NotificationMetadata"] == "hello"
        action = dict(
            AutoScalingGroupName=group, LifecycleHookName=hook, LifecycleActionToken=detail["LifecycleActionToken"]
        )
        autoscaling.record_lifecycle_action_heartbeat(**action)
        autoscaling.complete_lifecycle_action(LifecycleActionResult="CONTINUE", **action)
        assert state() == "InService"
        with refused("ValidationError", "No active Lifecycle Action found"):
            autoscaling.complete_lifecycle_action(LifecycleActionResult="CONTINUE", **action)
        with refused("ValidationError"):
            autoscaling.record_lifecycle_action_heartbeat(**action)


class TestProtocol:
    def test_an_action_that_does_not_exist_here(self, ec2, autoscaling):
        with refused("NotModelledByFake", "This fake does not model the action DescribeVolumes."):
            ec2.describe_volumes()
        with refused("NotModelledByFake"):
            autoscaling.describe_policies()

    def test_a_parameter_that_is_not_modelled_is_not_ignored(self, ec2, world):
        with refused("NotModelledByFake", "Ipv4IpamPoolId"):
            ec2.create_subnet(VpcId=world.vpc_id, CidrBlock="10.0.99.0/24", Ipv4IpamPoolId="ipam-pool-12345678")

    def test_a_dry_run_changes_nothing(self, ec2, world):
        with refused("DryRunOperation", status=412):
            ec2.create_subnet(VpcId=world.vpc_id, CidrBlock="10.0.98.0/24", DryRun=True)
        found = ec2.describe_subnets(Filters=filters(cidr_block="10.0.98.0/24"))["Subnets"]
        assert found == []

    def test_any_credentials_will_do(self):
        assert "Vpcs" in client("ec2", access_key="ASIASOMEBODYELSE").describe_vpcs()

    def test_the_journal_has_every_call(self, ec2, interface):
        journal = [json.loads(line) for line in control("journal").splitlines()]
        assert journal[-1]["action"] == "CreateNetworkInterface"


def test_zz_every_answer_was_in_the_words_of_the_model():
    assert unknown_elements == set()


def test_zz_every_action_was_called():
    assert called >= set(ACTIONS)


ACTIONS = """
AssignIpv6Addresses AssignPrivateIpAddresses AssociateSubnetCidrBlock AssociateVpcCidrBlock AttachInstances
AttachNetworkInterface CompleteLifecycleAction CreateAutoScalingGroup CreateNetworkInterface CreateSecurityGroup
CreateSubnet CreateSubnetCidrReservation CreateTags CreateVpc DeleteNetworkInterface DeleteSecurityGroup DeleteSubnet
DeleteSubnetCidrReservation DeleteTags DeleteVpc DescribeAutoScalingInstances DescribeAvailabilityZones
DescribeInstanceTypes DescribeInstances DescribeNetworkInterfaceAttribute DescribeNetworkInterfaces
DescribeSecurityGroups DescribeSubnets DescribeTags DescribeVpcs DetachNetworkInterface DisassociateSubnetCidrBlock
GetSubnetCidrReservations ModifyNetworkInterfaceAttribute ModifySubnetAttribute PutLifecycleHook
RecordLifecycleActionHeartbeat RunInstances StartInstances StopInstances TerminateInstances UnassignIpv6Addresses
UnassignPrivateIpAddresses
""".split()


def test_zz_reset_forgets_everything(ec2):
    control("reset", "POST")
    assert ec2.describe_vpcs()["Vpcs"] == []
