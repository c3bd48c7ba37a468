package io.rolecall.detection.read;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Condition;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Redirects.Added;
import io.rolecall.policy.FreeHosts;
import io.rolecall.policy.Policy;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is wrong with redirect addresses of an application. */
public final class RedirectFlaws {

    private final Tenancies tenancies;
    private final List<String> domains;
    private final List<String> freeHosts;

    /** What can be wrong with one. */
    public enum Flaw {
        PLAIN_HTTP("plain http"),
        WILDCARD("a wildcard"),
        LITERAL("an IP address"),
        TUNNEL("a tunnel or catcher of requests"),
        FREE_HOST("free hosting"),
        PUNYCODE("punycode"),
        LOOKALIKE("a look-alike of the organisation's domain"),
        OUTSIDE("somebody else's domain");

        private final String words;

        Flaw(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** @param freeHosts further domains below which anybody gets a host */
    public RedirectFlaws(SubjectHistory history, Policy policy, List<String> freeHosts) {
        this.tenancies = Tenancies.of(history, Registered.of(history));
        this.domains = policy.organization().domains();
        this.freeHosts = freeHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^[*]?[.]", ""))
                .toList();
    }

    /** The flaws of an address, in the order of their kinds; none of one that stays on a device. */
    public Set<Flaw> of(Added added) {
        RedirectAddress address = added.address();
        EnumSet<Flaw> flaws = EnumSet.noneOf(Flaw.class);
        if (address.isPlainHttp()) {
            flaws.add(Flaw.PLAIN_HTTP);
        }
        if (address.isWildcard()) {
            flaws.add(Flaw.WILDCARD);
        }
        if (address.isLiteral()) {
            flaws.add(Flaw.LITERAL);
        }
        // A host that the organisation named as its own is no stranger's, whatever it hangs below.
        address.name().filter(host -> !WebDomains.isUnder(host, domains)).ifPresent(host -> {
            shared(host).ifPresent(flaws::add);
            if (WebDomains.isInternational(host)) {
                flaws.add(Flaw.PUNYCODE);
            }
            if (WebDomains.imitated(host, domains).isPresent()) {
                flaws.add(Flaw.LOOKALIKE);
            }
        });
        if (outside(added).state() == Condition.State.MET) {
            flaws.add(Flaw.OUTSIDE);
        }
        return flaws;
    }

    /** Whether the host's domain is registered for somebody else, and the application is for this tenant alone. */
    public Answer outside(Added added) {
        Optional<String> host = added.address().name();
        Optional<String> registered = host.flatMap(WebDomains::registrable);
        if (registered.isEmpty()) {
            return Answer.no(added.address().text() + " has no domain of the internet");
        }
        if (domains.isEmpty()) {
            return Answer.cannotTell("the policy names none of the organisation's domains");
        }
        if (WebDomains.isOf(host.orElseThrow(), domains)) {
            return Answer.no(registered.orElseThrow() + " is the organisation's");
        }
        if (!tenancies.known()) {
            return Answer.cannotTell("no event tells for whom the application is");
        }
        boolean single = tenancies.countsAt(added.act().getEventTime());
        return Answer.of(
                single,
                registered.orElseThrow() + " is not the organisation's, and the application is for "
                        + (single ? "this tenant alone" : "several tenants"));
    }

    private Optional<Flaw> shared(String host) {
        String domain = host;
        while (true) {
            Optional<String> kind = FreeHosts.kind(domain);
            if (kind.isPresent()) {
                return Optional.of(kind.orElseThrow().equals("tunnel") ? Flaw.TUNNEL : Flaw.FREE_HOST);
            }
            if (freeHosts.contains(domain)) {
                return Optional.of(Flaw.FREE_HOST);
            }
            int dot = domain.indexOf('.');
            if (dot < 0) {
                return Optional.empty();
            }
            domain = domain.substring(dot + 1);
        }
    }
}
