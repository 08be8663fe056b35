"""The gate beside a real systemd-networkd: what comes up, what is left alone, and when kubelet may start."""

import signal

import pytest
from node import DROP_IN, NETWORKS, eventually

PRIMARY, FIRST, SECOND, OTHER = (f"0a:00:00:00:00:{i:02x}" for i in (1, 17, 18, 33))
FILE = f"{NETWORKS}/60-multus-0a0000000011.network"


def attach_both(node):
    node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
    node.attach("ens7", SECOND, "subnet-a2", "eni-2", 2)


class TestArrival:
    def test_what_is_there_at_the_start_comes_up_and_the_node_is_labelled(self, node):
        attach_both(node)
        gate = node.gate("wait")
        assert gate.status() == 0
        assert node.is_ready("ens6") and node.is_ready("ens7")
        assert gate.events() == ["start", "imds-fine", "ready", "ready", "complete"]
        assert node.read(DROP_IN) == (
            "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    flags:\n"
            "      - --node-labels=multus4j.github.io/interfaces=complete"
            ",multus4j.github.io/subnet-a1=eni-1,multus4j.github.io/subnet-a2=eni-2\n"
        )

    def test_waits_for_what_arrives_one_by_one_by_link_first_or_by_imds_first(self, node):
        gate = node.gate("wait")
        gate.says('missing="subnet-a1:not-attached subnet-a2:not-attached"')
        assert node.labels() == {"interfaces": "incomplete"}
        node.show(FIRST, "subnet-a1", "eni-1", 1)
        gate.says("event=not-ready eni=eni-1 subnet=subnet-a1 mac=0a:00:00:00:00:11 problem=no-link")
        gate.says('missing="subnet-a1:eni-1:no-link subnet-a2:not-attached"')
        node.plug("ens6", FIRST)
        gate.says("event=ready eni=eni-1")
        node.plug("ens7", SECOND)
        gate.says('missing="subnet-a2:not-attached"')
        assert node.is_ready("ens6")
        assert node.managed().keys() == {"ens6"}
        eventually(lambda: node.labels() == {"interfaces": "incomplete", "subnet-a1": "eni-1"}, what="the label of the first")
        assert gate.runs()
        node.show(SECOND, "subnet-a2", "eni-2", 2)
        assert gate.status() == 0
        assert node.is_ready("ens7")
        assert node.labels() == {"interfaces": "complete", "subnet-a1": "eni-1", "subnet-a2": "eni-2"}

    def test_an_item_that_imds_does_not_have_yet_is_waited_for(self, node):
        attach_both(node)
        items = node.state["macs"][SECOND]
        for missing in ("subnet-id", "interface-id", "device-number"):
            node.show(SECOND, "subnet-a2", "eni-2", 2)
            node.set_imds(macs={**node.state["macs"], SECOND: {k: v for k, v in items.items() if k != missing}})
            gate = node.gate("wait")
            gate.says('missing="subnet-a2:not-attached"')
            assert "imds-not-fine" not in gate.events()
            node.set_imds(macs={**node.state["macs"], SECOND: items})
            assert gate.status() == 0

    def test_what_arrives_after_the_node_has_joined_is_brought_up_by_the_watch(self, node):
        gate = node.gate("watch")
        gate.says("event=lacking")
        attach_both(node)
        gate.says("event=complete")
        assert node.is_ready("ens6") and node.is_ready("ens7")
        assert gate.runs() and node.labels() is None

    def test_a_link_that_gets_another_name_keeps_its_file(self, node):
        attach_both(node)
        gate = node.gate("watch")
        gate.says("event=complete")
        node.ip("link", "set", "ens6", "down")
        node.ip("link", "set", "ens6", "name", "eth6")
        eventually(lambda: node.is_ready("eth6"), what="the renamed link is up")
        eventually(lambda: "Name=eth6\n" in node.read(FILE), what="the file has the new name")
        assert gate.runs()


class TestTheImagesOwnConfiguration:
    def test_its_address_routes_and_rule_are_gone(self, node):
        attach_both(node)
        node.serve_dhcp("ens6", "10.0.4.100")
        node.udev_net_manager("ens6", FIRST, 1, "10.0.4.100")
        assert node.network_file("ens6") == f"{NETWORKS}/70-eks-ens6.network"
        eventually(lambda: "10.0.4.100/24" in node.addresses("ens6"), what="an address by DHCP")
        eventually(lambda: any("default via 10.0.4.1" in r and "10001" in r for r in node.routes("ens6")), what="the route")
        assert len(node.rules()) == 1 and "from 10.0.4.100 lookup 10001" in node.rules()[0]

        assert node.gate("wait").status() == 0
        assert node.addresses("ens6") == "" and node.routes("ens6") == [] and node.rules() == []
        assert node.is_ready("ens6")
        assert node.network_file("ens6") == FILE

    def test_it_loses_also_when_it_comes_second(self, node):
        attach_both(node)
        gate = node.gate("watch")
        gate.says("event=complete")
        node.serve_dhcp("ens6", "10.0.4.100")
        node.udev_net_manager("ens6", FIRST, 1, "10.0.4.100")
        node.run("networkctl", "reconfigure", "ens6")
        eventually(lambda: node.is_ready("ens6"), what="the link is as it was")
        assert node.network_file("ens6") == FILE
        assert node.rules() == []

    def test_an_address_that_somebody_gave_is_gone(self, node):
        attach_both(node)
        node.ip("address", "add", "10.0.4.7/24", "dev", "ens6")
        node.ip("link", "set", "ens6", "up")
        assert node.gate("wait").status() == 0
        assert node.is_ready("ens6")


class TestWhatIsNotOurs:
    def test_the_cnis_interfaces_are_left_alone_up_or_down(self, node):
        attach_both(node)
        node.attach("ens5", PRIMARY, "subnet-nodes", "eni-0", 0)
        node.attach("ens8", OTHER, "subnet-nodes", "eni-3", 3)
        node.plug("ens9", "0a:00:00:00:00:22")
        node.ip("link", "set", "ens5", "up")
        node.ip("address", "add", "10.0.0.5/24", "dev", "ens5")
        node.ip("route", "add", "default", "via", "10.0.0.1", "dev", "ens5", "table", "2")
        eventually(lambda: "tentative" not in node.addresses("ens5"), what="duplicate address detection")
        before = node.addresses("ens5"), node.routes("ens5")
        assert node.gate("wait").status() == 0
        watch = node.gate("watch")
        watch.says("event=complete")
        assert (node.addresses("ens5"), node.routes("ens5")) == before
        assert "UP" not in node.link("ens8")["flags"] and "UP" not in node.link("ens9")["flags"]
        assert node.link("ens8")["mtu"] == 1500
        assert node.managed() == {"ens6": "configured", "ens7": "configured"}

    def test_index_0_of_another_card_is_ours(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 0, network_card=1)
        assert node.gate("wait", MULTUS_SUBNETS="subnet-a1").status() == 0
        assert node.is_ready("ens6")

    def test_a_link_with_the_same_mac_that_sits_on_ours_is_left_alone(self, node):
        attach_both(node)
        node.ip("link", "set", "ens6", "up")
        node.ip("link", "add", "a-child", "link", "ens6", "type", "macvlan", "mode", "passthru")
        node.ip("link", "set", "a-child", "up")
        node.ip("address", "add", "10.0.4.50/24", "dev", "a-child")
        assert node.link("a-child")["address"] == FIRST
        eventually(lambda: "tentative" not in node.addresses("a-child"), what="duplicate address detection")
        before = node.addresses("a-child")
        assert node.gate("wait").status() == 0
        assert node.is_ready("ens6")
        assert node.addresses("a-child") == before and "10.0.4.50/24" in before
        assert node.managed().keys() == {"ens6", "ens7"}


class TestTimeOut:
    def test_joins_labelled_incomplete_with_what_is_there(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        gate = node.gate("wait", MULTUS_TIMEOUT="1")
        assert gate.status() == 1
        assert gate.events()[-1] == "timed-out" and 'missing="subnet-a2:not-attached"' in gate.output()
        assert node.labels() == {"interfaces": "incomplete", "subnet-a1": "eni-1"}
        assert node.is_ready("ens6")

    def test_stays_out_until_the_interfaces_are_there(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        gate = node.gate("wait", MULTUS_TIMEOUT="1", MULTUS_ON_TIMEOUT="wait")
        gate.says('event=stays-out missing="subnet-a2:not-attached"')
        assert gate.runs()
        node.attach("ens7", SECOND, "subnet-a2", "eni-2", 2)
        assert gate.status() == 0
        assert node.labels()["interfaces"] == "complete"

    def test_a_link_that_cannot_have_the_mtu_is_not_ready(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        node.ip("link", "set", "ens6", "up")
        node.ip("link", "add", "child", "link", "ens6", "type", "macvlan")
        gate = node.gate("wait", MULTUS_SUBNETS="subnet-a1", MULTUS_TIMEOUT="1", MULTUS_MTU="67")
        assert gate.status() == 2
        node.run("bash", "-c", f"mkdir -p {NETWORKS} && mount -t tmpfs -o ro tmpfs {NETWORKS}")
        gate = node.gate("wait", MULTUS_SUBNETS="subnet-a1", MULTUS_TIMEOUT="1")
        assert gate.status() == 1
        assert 'missing="subnet-a1:eni-1:mtu-1500,has-address"' in gate.output()
        assert node.labels() == {"interfaces": "incomplete"}


class TestMetadata:
    def test_a_service_that_is_down_is_waited_for(self, node):
        attach_both(node)
        node.stop_imds()
        gate = node.gate("wait")
        gate.says("event=imds-not-fine")
        assert gate.runs()
        node.start_imds()
        assert gate.status() == 0
        assert gate.events().count("imds-not-fine") == 1

    def test_a_service_that_does_not_answer_holds_a_look_up_for_seconds_only(self, node):
        attach_both(node)
        node.stop_imds(signal.SIGSTOP)
        gate = node.gate("wait", MULTUS_TIMEOUT="3")
        assert gate.status(20) == 1
        assert "event=imds-not-fine" in gate.output() and "timed out" in gate.output()
        node.stop_imds(signal.SIGCONT)

    def test_a_token_that_is_no_longer_good_is_renewed(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        gate = node.gate("wait")
        gate.says('missing="subnet-a2:not-attached"')
        node.set_imds(revoked=1)
        eventually(lambda: any(r.endswith("401") and "macs" in r for r in node.requests()), what="a refused token")
        node.attach("ens7", SECOND, "subnet-a2", "eni-2", 2)
        assert gate.status() == 0
        assert sum("token" in r for r in node.requests()) == 2
        assert "imds-not-fine" not in gate.events()

    def test_a_token_lives_as_long_as_the_service_says(self, node):
        attach_both(node)
        node.hide(SECOND)
        node.set_imds(token_seconds=1)
        gate = node.gate("wait")
        eventually(lambda: sum("token" in r for r in node.requests()) >= 3, what="the third token")
        assert "imds-not-fine" not in gate.events()

    def test_tokens_that_are_never_good_are_said_to_be_so(self, node):
        attach_both(node)
        node.set_imds(token_seconds=0.000001)
        gate = node.gate("wait", MULTUS_TIMEOUT="1")
        assert gate.status() == 1
        assert "IMDS answers 401" in gate.output()

    @pytest.mark.parametrize("listing", ["<html>503</html>", "", "0a:00:00:00:00:11/\nnonsense", "0a:00:00:00:00:11/../../user-data"])
    def test_a_listing_that_makes_no_sense_changes_nothing(self, node, listing):
        attach_both(node)
        node.set_imds(listing=listing)
        gate = node.gate("wait")
        gate.says("event=imds-not-fine")
        gate.says("event=waiting")
        assert node.managed() == {}
        node.set_imds(listing=None)
        assert gate.status() == 0

    @pytest.mark.parametrize("item, value", [
        ("interface-id", 'eni-1,evil="x"'), ("interface-id", "eni-1\neni-2"), ("device-number", "one"),
        ("subnet-id", "<html>"), ("network-card", ""),
    ])
    def test_an_item_that_makes_no_sense_is_no_interface(self, node, item, value):
        attach_both(node)
        good = node.state["macs"][FIRST]
        node.set_imds(macs={**node.state["macs"], FIRST: {**good, item: value}})
        gate = node.gate("wait")
        gate.says("event=imds-not-fine")
        gate.says('missing="subnet-a1:not-attached"')
        node.set_imds(macs={**node.state["macs"], FIRST: good})
        assert gate.status() == 0

    def test_a_service_that_refuses_is_named_with_its_status(self, node):
        node.set_imds(status=403)
        gate = node.gate("wait", MULTUS_TIMEOUT="1")
        assert gate.status() == 1
        assert "IMDS answers 403" in gate.output()


class TestWatch:
    def test_a_detached_interface_is_forgotten_and_may_come_back(self, node):
        attach_both(node)
        gate = node.gate("watch")
        gate.says("event=complete")
        node.unplug("ens6")
        node.hide(FIRST)
        gate.says("event=gone eni=eni-1")
        gate.says('event=lacking missing="subnet-a1:not-attached"')
        assert node.read(FILE) is None
        node.attach("eth6", FIRST, "subnet-a1", "eni-1", 1)
        eventually(lambda: gate.events().count("complete") == 2, what="complete again")
        assert node.is_ready("eth6")

    def test_what_imds_does_not_say_is_not_gone(self, node):
        attach_both(node)
        gate = node.gate("watch")
        gate.says("event=complete")
        node.stop_imds()
        gate.says("event=imds-not-fine")
        node.unplug("ens6")
        gate.says("problem=no-link")
        node.start_imds()
        eventually(lambda: gate.events().count("imds-fine") == 2, what="IMDS is back")
        seen = len(node.requests())
        eventually(lambda: len(node.requests()) > seen + 5, what="some looks more")
        node.hide(SECOND)
        seen = len(node.requests())
        eventually(lambda: len(node.requests()) > seen + 5, what="some looks more")
        assert "gone" not in gate.events()
        assert node.read(FILE) is not None and node.is_ready("ens7")

    def test_a_networkd_that_could_not_be_asked_is_asked_again(self, node):
        attach_both(node)
        node.write("/run/false", "#!/bin/bash\necho refused\nexit 1\n")
        node.run("bash", "-c", "chmod +x /run/false; mount --bind /run/false /usr/bin/networkctl")
        gate = node.gate("wait")
        gate.says("refused")
        gate.says("problem=down,mtu-1500")
        # One word at first and two at each further try: those come with the passes, not every nine seconds.
        eventually(lambda: gate.output().count("refused") >= 5, seconds=15, what="the third try")
        node.run("umount", "/usr/bin/networkctl")
        assert gate.status() == 0
        assert node.is_ready("ens6")

    def test_a_link_that_somebody_set_down_is_brought_up_again(self, node):
        attach_both(node)
        gate = node.gate("watch")
        gate.says("event=complete")
        node.ip("link", "set", "ens6", "down")
        gate.says("problem=down")
        eventually(lambda: gate.events().count("complete") == 2, what="complete again")
        assert node.is_ready("ens6")


class TestASecondTime:
    def test_nothing_is_changed(self, node):
        attach_both(node)
        assert node.gate("wait").status() == 0
        files = f"stat --format '%n %y %i' {NETWORKS}/* {DROP_IN}"
        before = node.run("bash", "-c", files).stdout, node.log("networkd.log").count("Reconfiguring")
        assert before[1] == 2
        assert node.gate("wait").status() == 0
        assert (node.run("bash", "-c", files).stdout, node.log("networkd.log").count("Reconfiguring")) == before

    def test_another_mtu_is_taken_over(self, node):
        attach_both(node)
        assert node.gate("wait").status() == 0
        assert node.gate("wait", MULTUS_MTU="1500").status() == 0
        assert node.is_ready("ens6", 1500)

    def test_labels_do_not_claim_what_is_no_longer_there(self, node):
        attach_both(node)
        assert node.gate("wait").status() == 0
        node.unplug("ens7")
        node.hide(SECOND)
        gate = node.gate("wait")
        gate.says("event=waiting")
        eventually(lambda: node.labels() == {"interfaces": "incomplete", "subnet-a1": "eni-1"}, what="the label")
        assert gate.runs()


class TestSubnets:
    def test_one_zones_set_is_enough(self, node):
        node.attach("ens6", FIRST, "subnet-b1", "eni-1", 1)
        gate = node.gate("wait", MULTUS_SUBNETS="subnet-a1, subnet-a2; ;subnet-b1,subnet-b2")
        gate.says('missing="subnet-b2:not-attached"')
        node.attach("ens7", SECOND, "subnet-b2", "eni-2", 2)
        assert gate.status() == 0
        assert node.labels() == {"interfaces": "complete", "subnet-b1": "eni-1", "subnet-b2": "eni-2"}

    def test_parts_of_two_sets_are_not_one(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        node.attach("ens7", SECOND, "subnet-b2", "eni-2", 2)
        gate = node.gate("wait", MULTUS_SUBNETS="subnet-a1 subnet-a2;subnet-b1 subnet-b2", MULTUS_TIMEOUT="1")
        assert gate.status() == 1
        assert 'missing="subnet-a2:not-attached or subnet-b1:not-attached"' in gate.output()

    def test_a_second_interface_in_a_subnet_comes_up_too(self, node):
        node.attach("ens6", FIRST, "subnet-a1", "eni-1", 1)
        node.attach("ens7", SECOND, "subnet-a1", "eni-2", 2)
        assert node.gate("wait", MULTUS_SUBNETS="subnet-a1").status() == 0
        assert node.is_ready("ens6") and node.is_ready("ens7")

    def test_rp_filter_is_set_where_asked_for(self, node):
        attach_both(node)
        path = "/proc/sys/net/ipv4/conf/ens6/rp_filter"
        node.write(path, "1")
        assert node.gate("wait").status() == 0
        assert node.read(path) == "1\n"
        assert node.gate("wait", MULTUS_RP_FILTER="0").status() == 0
        assert node.read(path) == "0\n"
