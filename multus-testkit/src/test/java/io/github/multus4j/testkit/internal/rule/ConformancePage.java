package io.github.multus4j.testkit.internal.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code docs/conformance.md}, from the rules and the survey. */
final class ConformancePage {

    private static final Map<Class<? extends ConformanceRule>, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put(AddressRule.class, "Addresses");
        TITLES.put(InterfaceRule.class, "Network interfaces and attachments");
        TITLES.put(InstanceRule.class, "Instances");
        TITLES.put(InstanceAttributeRule.class, "Attributes of instances");
        TITLES.put(VpcRule.class, "VPCs, subnets, reservations, security groups");
        TITLES.put(PermissionRule.class, "Rules of security groups");
        TITLES.put(RouteRule.class, "Route tables and routes");
        TITLES.put(GatewayRule.class, "Internet gateways");
        TITLES.put(RequestRule.class, "Every call");
        TITLES.put(LifecycleRule.class, "Auto Scaling groups and lifecycle hooks");
    }

    private static final String HEAD = """
            # Conformance

            The fake of `multus-testkit` enforces these rules of EC2 and EC2 Auto Scaling. Each rule has a source: an AWS page, or a message of EC2 that
            somebody published. Each has a scenario, a small network and the call that breaks the rule, that runs on the fake in every build. The
            last two columns show the behaviour of two emulators. The emulators' tests play the same scenarios there, and fail if a scenario ends
            otherwise than recorded in [conformance-emulators.csv](conformance-emulators.csv).

            `ConformancePageTest` makes this page. To renew it after a change of rules:

                ./mvnw -q -Dquick -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -pl multus-testkit -am test -Dtest=ConformancePageTest -Dconformance.update=true

            The second column has the code of EC2 and of the fake. *Effect* marks a rule about the effect of a call, not about a refusal. Where the code is
            marked *(decided)*, AWS documents the rule without a code, and the code is this project's choice. In the emulators' columns:

            | | |
            |---|---|
            | as EC2 | refused with the same code, or the same effect |
            | **accepted** | not refused |
            | **otherwise** | another effect |
            | a code, or HTTP 500 | refused with this code instead |
            | not shown: … | an earlier call of the scenario fails there, with this error |
            | not tried | needs something that only the fake can be told to do, such as slow detaching |
            """;

    private static final String TAIL = """

            ## Outside of the fake's model

            An action, a parameter or a filter that AWS documents and the fake does not have is refused with the code
            `NotModelledByFake`, which is none of AWS's, and a text that begins with "This fake does not model". EC2's own codes,
            such as `InvalidAction` and `UnknownParameter`, are left for names that AWS does not document either. Parameters of
            RunInstances that have nothing to do with the network are taken and have no effect, but for the attributes that
            DescribeInstanceAttribute reads back.

            ## Undocumented decisions

            AWS documents none of these points. The fake decides them as follows; EC2 may do otherwise, so a program should not depend on them.

            | point | the fake |
            |---|---|
            | several checks fail at once | the check that comes first in the fake's code answers; usually forms come before ids, and ids before limits |
            | a primary address of another interface, without AllowReassignment | refused as with AllowReassignment: a primary address is never taken over |
            | a full subnet and a limit at once | either may answer |
            | an existing interface with more addresses than the type allows, at launch | refused, as when it is attached later |
            | a reservation of type prefix, and AvailableIpAddressCount | the count does not fall until a prefix is assigned |
            | AssignPrivateIpAddresses with an address that the interface has | accepted without effect; the answer leaves it out |
            | a prefix that the interface has already | refused as in use |
            | an address in a prefix, also one of the same interface | refused as if another interface had it, also with AllowReassignment |
            | addresses and prefixes in one assignment | accepted |
            | an assignment or unassignment of which one part is refused | changes nothing |
            | a limit of IPv6 addresses | the code of IPv4 |
            | delegated prefixes of an instance type that is not on Nitro | accepted |
            | addresses in the metadata service | every change of them, not only a move, is shown late: 1.5 s unless a test sets another time |
            | the last IPv6 address of an IPv6-only interface | can be unassigned |
            | AssociateRouteTable with the table that the subnet has already | answers the existing association |
            | local routes, and the limit of a route table | count |
            | a route to an interface with its source/destination check on | accepted and active |
            | an ICMPv6 rule of a security group without type and code | allows all types |
            | status checks of an instance | pass as soon as it runs |
            | an AMI | every well-formed id is an image of Amazon's; a listing that names none shows the images of launched instances |
            | an instance type with fewer interfaces than are attached | refused when the type is changed |
            | sourceDestCheck and groupSet of an instance with several interfaces | DescribeInstanceAttribute shows those of the primary interface |
            | DNS support of a VPC is turned off while DNS host names are on | accepted |
            | sizes, template and tags of an Auto Scaling group | shown as they were given; the group launches and replaces nothing, so an instance that goes lowers the desired capacity |
            """;

    private ConformancePage() {}

    static String text() {
        Survey survey = Survey.read();
        StringBuilder page = new StringBuilder(HEAD);
        page.append('\n').append(summary(survey));
        TITLES.forEach((type, title) -> {
            page.append("\n## ").append(title).append("\n\n");
            page.append("| rule | EC2 | source | ").append(Survey.MOTO).append(" | ");
            page.append(Survey.LOCALSTACK).append(" |\n|---|---|---|---|---|\n");
            ConformanceRules.all().stream()
                    .filter(rule -> type.isInstance(rule))
                    .forEach(rule -> page.append(row(rule, survey)));
        });
        return page.append(TAIL).toString();
    }

    private static String row(ConformanceRule rule, Survey survey) {
        ConformanceRule.Row row = rule.row();
        return "| <a id=\"" + rule.id() + "\"></a>" + row.sentence() + " | "
                + (row.isRefusal() ? "`" + row.code() + "`" : "*effect*")
                + (row.codeIsDecided() ? " (decided)" : "") + " | [" + host(row.source()) + "]("
                + row.source()
                + ") | " + cell(rule, survey, Survey.MOTO) + " | " + cell(rule, survey, Survey.LOCALSTACK) + " |\n";
    }

    private static String cell(ConformanceRule rule, Survey survey, String emulator) {
        String outcome = survey.outcome(rule.id(), emulator);
        if (outcome.equals(Scenarios.expected(rule))) {
            return "as EC2";
        }
        return switch (outcome) {
            case "" -> "not measured";
            case Seen.ACCEPTED -> "**accepted**";
            case Seen.NOT_KEPT -> "**otherwise**";
            default -> outcome.contains(" ") ? outcome : "`" + outcome + "`";
        };
    }

    private static String summary(Survey survey) {
        List<ConformanceRule> rules = ConformanceRules.all();
        StringBuilder text = new StringBuilder("Of these " + rules.size() + " rules, ");
        text.append(count(rules, survey, Survey.MOTO)).append(" are kept by ").append(Survey.MOTO);
        text.append(" and ").append(count(rules, survey, Survey.LOCALSTACK)).append(" by ");
        return text.append(Survey.LOCALSTACK).append(".\n").toString();
    }

    private static long count(List<ConformanceRule> rules, Survey survey, String emulator) {
        return rules.stream()
                .filter(rule -> survey.outcome(rule.id(), emulator).equals(Scenarios.expected(rule)))
                .count();
    }

    /** The name of a link: AWS's documentation, or the project with the issue. */
    private static String host(String source) {
        if (source.startsWith("https://docs.aws.amazon.com/")) {
            String page = source.substring(source.lastIndexOf('/') + 1);
            return page.replaceFirst("[.]html.*", "").replaceFirst("^API_", "");
        }
        return source.replaceFirst("https://github.com/", "").replaceFirst("/(issues|pull)/", "#");
    }
}
