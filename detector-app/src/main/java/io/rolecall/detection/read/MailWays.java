package io.rolecall.detection.read;

import io.rolecall.detection.DetectionInput;
import io.rolecall.event.Details;
import io.rolecall.event.MailTargets;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.network.Cidr;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailFlow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a change of mail flow opens a way: lets mail in past the filters, or sends it out of the organisation. What the commands and
 * their parameters do: learn.microsoft.com/powershell/module/exchange.
 */
public final class MailWays {

    private final DetectionInput in;
    private final List<MailChange> all;

    /** @param all the changes of the subject, by which those of its own rules are told */
    public MailWays(DetectionInput in, List<MailChange> all) {
        this.in = in;
        this.all = all;
    }

    /**
     * What a change opens.
     *
     * @param open each way, for sentences; none when it opens nothing
     * @param untold whether it names domains of which nothing tells whose they are
     */
    public record Ways(List<String> open, boolean untold) {}

    /** The ways that a change opens. */
    public Ways of(MailChange change) {
        Set<String> open = new LinkedHashSet<>();
        boolean untold = false;
        if (weakens(change)) {
            open.add("protection is taken away: " + change.label());
        }
        if (!closes(change)) {
            untold = opening(change, open);
            if (MailSwitches.isOn(change)) {
                for (MailChange earlier : before(change)) {
                    untold |= opening(earlier, open);
                }
            }
        }
        return new Ways(List.copyOf(open), untold);
    }

    private boolean opening(MailChange change, Set<String> open) {
        boolean untold = outward(change, open);
        allowing(change, open);
        bySetting(change, open);
        return untold;
    }

    /** What was set on the same thing before: it may have been made while it was switched off. */
    private List<MailChange> before(MailChange change) {
        return all.stream()
                .filter(other -> other.thing().equals(change.thing()))
                .filter(other -> Facts.ORDER.compare(other.act(), change.act()) < 0)
                .toList();
    }

    /** Whether the last word on a thing takes back what was opened. */
    public boolean isTakenBack(List<MailChange> opened) {
        MailChange last = opened.get(opened.size() - 1);
        return all.stream()
                .filter(later -> later.thing().equals(last.thing()))
                .filter(later -> Facts.ORDER.compare(later.act(), last.act()) > 0)
                .anyMatch(later -> weakens(last) ? restores(later) : closes(later));
    }

    /** Whether it removes or disables what protects, unless the subject made that itself. */
    private boolean weakens(MailChange change) {
        return MailSwitches.isProtective(change)
                && !change.verb().equals("new")
                && MailSwitches.isOff(change)
                && before(change).stream().noneMatch(other -> other.verb().equals("new"));
    }

    private static boolean closes(MailChange change) {
        return MailSwitches.isOff(change) || (change.verb().equals("set") && empties(change));
    }

    /** Whether every way that it names is taken out. */
    private static boolean empties(MailChange change) {
        List<String> values = MailParameters.outward(change).stream()
                .flatMap(name -> change.value(name).stream())
                .toList();
        return !values.isEmpty()
                && values.stream().allMatch(value -> MailTargets.named(value).isEmpty());
    }

    private static boolean restores(MailChange change) {
        return change.verb().equals("new") || MailSwitches.isOn(change);
    }

    private boolean outward(MailChange change, Set<String> open) {
        boolean untold = false;
        for (String name : MailParameters.outward(change)) {
            List<String> outside = new ArrayList<>();
            for (String target : MailTargets.named(change.value(name).orElse(""))) {
                Optional<Boolean> leads = leadsOut(target, change.act());
                untold |= leads.isEmpty();
                if (leads.orElse(false)) {
                    outside.add(target);
                }
            }
            if (!outside.isEmpty()) {
                open.add(written(change, name) + " " + String.join(", ", outside));
            }
        }
        return untold;
    }

    /** Empty when nothing tells which domains are the organisation's; no for a name in its own directory. */
    private Optional<Boolean> leadsOut(String target, AppEvent act) {
        if (target.equals(MailTargets.ANY)) {
            return Optional.of(true);
        }
        Optional<String> domain = MailTargets.domain(target);
        if (domain.isPresent()) {
            List<String> own = new ArrayList<>(in.policy().organization().domains());
            Details.of(act, MailFlow.class).ifPresent(flow -> own.addAll(flow.getOrganizationDomains()));
            return own.isEmpty() ? Optional.empty() : domain.map(name -> !MailTargets.isOneOf(name, own));
        }
        return Optional.of(MailTargets.isNetwork(target) && !isOwn(target, act.getEventTime()));
    }

    private boolean isOwn(String network, Instant at) {
        AddressTable networks = in.networks();
        return Cidr.ends(network).stream()
                .allMatch(end -> networks.lookup(end, at).addressClass() == AddressClass.ORGANIZATION);
    }

    private void allowing(MailChange change, Set<String> open) {
        for (String name : MailParameters.allowing(change)) {
            List<String> allowed = MailTargets.named(change.value(name).orElse("")).stream()
                    .filter(one -> !MailTargets.isNetwork(one)
                            || !isOwn(one, change.act().getEventTime()))
                    .toList();
            if (!allowed.isEmpty()) {
                open.add(written(change, name) + " " + String.join(", ", allowed));
            }
        }
        if (change.noun().equals("tenant-allow-block-list-items") && MailSwitches.states(change, "allow")) {
            open.add("allowed: " + change.value("entries").orElse("what the event does not tell"));
        }
    }

    private static void bySetting(MailChange change, Set<String> open) {
        Optional<String> way =
                switch (change.noun()) {
                    case "transport-rule" -> unfiltered(change);
                    case "remote-domain" ->
                        when(
                                MailSwitches.states(change, "autoforwardenabled"),
                                "mail may be forwarded there automatically");
                    case "hosted-outbound-spam-filter-policy" ->
                        when(
                                MailSwitches.states(change, "autoforwardingmode"),
                                "mail may be forwarded outside automatically");
                    case "hosted-connection-filter-policy" ->
                        when(
                                MailSwitches.states(change, "enablesafelist"),
                                "mail of senders on Microsoft's safe list is not filtered");
                    case "accepted-domain" ->
                        when(change.verb().equals("new"), "a domain for which mail is accepted is added");
                    default -> Optional.empty();
                };
        way.ifPresent(open::add);
    }

    private static Optional<String> unfiltered(MailChange change) {
        boolean skips = change.value("setheadername")
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("-skip"))
                .isPresent();
        return when(change.states("setscl", "-1") || skips, "mail that it matches is not filtered");
    }

    private static Optional<String> when(boolean holds, String way) {
        return holds ? Optional.of(way) : Optional.empty();
    }

    /** The parameter's name as the command writes it. */
    private static String written(MailChange change, String parameter) {
        return Details.of(change.act(), MailFlow.class).stream()
                .flatMap(flow -> flow.getParameters().keySet().stream())
                .filter(parameter::equalsIgnoreCase)
                .min(String::compareTo)
                .orElse(parameter);
    }
}
