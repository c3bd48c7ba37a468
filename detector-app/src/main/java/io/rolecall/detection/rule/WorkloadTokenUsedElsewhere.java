package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.PolicyNeed;
import io.rolecall.detection.Reads;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.FederatedSignIns;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.HeldRoles;
import io.rolecall.detection.read.PersonalNetworks;
import io.rolecall.detection.read.Trusts;
import io.rolecall.detection.read.Trusts.Trust;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.network.Neighbourhoods;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Policy.TrustedIssuer;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A service principal signs in with a federated credential from outside the networks that the policy names for its issuer: the token of
 * a cluster's or a pipeline's workload is used by somebody else. One finding a network and credential.
 */
public final class WorkloadTokenUsedElsewhere implements Detection {

    private static final Reads READS = Reads.of(Set.of(Operations.SIGN_IN), Trusts.OPERATIONS, Grants.OF_ROLES)
            .needing(Operations.SIGN_IN)
            .wanting(PolicyNeed.FEDERATION_NETWORKS)
            .within(Duration.ofDays(30));

    /**
     * A sign-in.
     *
     * @param credentials federated credentials of the application that it may have been with: it was one of these
     */
    private record Use(AppEvent act, List<Trust> credentials) {

        /** Network and credential; capitals of a subject count, as for the credential itself. */
        List<String> anchor(DetectionInput in) {
            List<String> anchor = new ArrayList<>();
            anchor.add(network(in));
            Optional<String> id = signIn().getCredentialId();
            if (id.isPresent()) {
                anchor.add(id.get());
            } else if (credentials.size() == 1) {
                anchor.addAll(List.of(credentials.get(0).anchor()));
            } else {
                anchor.add("-");
            }
            return anchor;
        }

        /** The organisation's label, else the autonomous system, else the /24 or /48. */
        private String network(DetectionInput in) {
            ResolvedAddress address = in.addressOf(act);
            return address.network()
                    .or(() -> PersonalNetworks.system(act))
                    .or(() -> address.ip().flatMap(Neighbourhoods::of))
                    .orElse("-");
        }

        SignIn signIn() {
            return Details.of(act, SignIn.class).orElseThrow();
        }

        String label() {
            return (credentials.size() == 1
                            ? credentials.get(0).label()
                            : signIn().getCredentialId()
                                    .map(id -> "federated credential " + id)
                                    .orElse("one of " + credentials.size() + " federated credentials"))
                    + " at " + Facts.time(act.getEventTime());
        }
    }

    @Override
    public String id() {
        return "workload-token-used-elsewhere";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.APPLICATION);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        FederatedSignIns read = FederatedSignIns.read(in.application(), in.focus());
        List<Trust> trusts = Trusts.added(in.history().acts());
        return in.candidates(
                        "The service principal signed in with a federated credential",
                        read.signIns().stream()
                                .map(act -> new Use(act, possible(trusts, act)))
                                .toList(),
                        Use::act,
                        Use::label,
                        "No successful sign-in with one")
                .covering(read.covered())
                .where("The policy names networks for the issuer of the credential", use -> named(in, use))
                .where("The address is outside these networks", use -> outside(in, use))
                .note("The application held a permission of tier-0 then", use -> tierZero(in, use))
                .findEach(use -> use.anchor(in), same -> finding(in, same.get(0)));
    }

    /** Those that it may have been: by the id that both state, else all that the application had then, one of each pair. */
    private static List<Trust> possible(List<Trust> trusts, AppEvent act) {
        List<Trust> live = trusts.stream()
                .filter(trust -> Facts.mayPrecede(trust.act().getEventTime(), act.getEventTime()))
                .filter(trust -> trust.removedBy()
                        .filter(gone -> Facts.surelyBefore(gone.getEventTime(), act.getEventTime()))
                        .isEmpty())
                .toList();
        Optional<String> id = Details.of(act, SignIn.class).flatMap(SignIn::getCredentialId);
        List<Trust> stated = live.stream()
                .filter(trust -> id.isPresent() && trust.credentialId().equals(id))
                .toList();
        List<Trust> possible = new ArrayList<>();
        for (Trust trust : stated.isEmpty() ? live : stated) {
            if (possible.stream().noneMatch(other -> other.pair().equals(trust.pair()))) {
                possible.add(trust);
            }
        }
        return possible;
    }

    private static Answer named(DetectionInput in, Use use) {
        if (use.credentials().isEmpty()) {
            return Answer.cannotTell("no federated credential of the application is known: " + use.label());
        }
        Optional<Trust> anywhere = use.credentials().stream()
                .filter(trust -> networks(in, trust).isEmpty())
                .findFirst();
        return anywhere.map(trust -> Answer.no("none for " + trust.label()))
                .orElseGet(() -> Answer.yes(String.join(", ", networks(in, use)))
                        .by(use.credentials().stream().map(Trust::act).toList()));
    }

    private static Set<String> networks(DetectionInput in, Use use) {
        Set<String> networks = new TreeSet<>();
        use.credentials().forEach(trust -> networks.addAll(networks(in, trust)));
        return networks;
    }

    /** Those of the entries that trust the pair; where none does, those of any other subject of the issuer. */
    private static List<String> networks(DetectionInput in, Trust trust) {
        List<TrustedIssuer> entries = in.policy().federation().trusting(trust.issuer(), trust.subject());
        Stream<TrustedIssuer> deciding = entries.isEmpty()
                ? in.policy().federation().trusted().stream()
                        .filter(entry -> entry.issuer().equals(TrustedIssuer.normal(trust.issuer())))
                : entries.stream();
        return deciding.flatMap(entry -> entry.networks().stream()).distinct().toList();
    }

    private static Answer outside(DetectionInput in, Use use) {
        ResolvedAddress address = in.addressOf(use.act());
        String from = "from " + Addresses.label(address);
        if (in.networks().isEmpty()
                || address.ip().isEmpty()
                || address.addressClass() == AddressClass.MICROSOFT_SERVICE) {
            return Answer.cannotTell(from);
        }
        return Answer.of(address.network().filter(networks(in, use)::contains).isEmpty(), from);
    }

    private static Answer tierZero(DetectionInput in, Use use) {
        HeldRoles held = held(in, use);
        return held.any()
                ? Answer.yes(Permission.values(held.permissions())).by(held.acts())
                : Answer.no("none was seen at " + Facts.time(use.act().getEventTime()));
    }

    private static HeldRoles held(DetectionInput in, Use use) {
        return HeldRoles.at(
                in, in.history().grants(), List.of("tier-0"), use.act().getEventTime());
    }

    private static Finding finding(DetectionInput in, Use use) {
        HeldRoles held = held(in, use);
        boolean cluster = use.credentials().stream().anyMatch(Trust::ofCluster);
        return in.finding(use.act())
                .anchor(use.anchor(in).toArray(String[]::new))
                .severity(held.any() ? Severity.CRITICAL : Severity.HIGH)
                .title("Token of a " + (cluster ? "cluster's " : "") + "workload was used elsewhere")
                .says("The application signed in with " + use.label() + " from "
                        + Addresses.label(in.addressOf(use.act())) + ". The policy says that such tokens are used from "
                        + String.join(", ", networks(in, use))
                        + ". Whoever has the workload's token, and no secret, is the application for as long as the token"
                        + " is taken.")
                .risk(
                        held.any(),
                        RiskKind.TIER_0,
                        "The application could make itself or others administrator: "
                                + Permission.values(held.permissions()))
                .risk(cluster, "The issuer looks like that of a Kubernetes cluster")
                .risk(
                        in.isFromOutside(use.act()),
                        RiskKind.FROM_OUTSIDE,
                        "Signed in from an address that is not the organisation's")
                .by("signed-in", use.act())
                .shownBy(use.credentials().stream().map(Trust::act).toList())
                .shownBy(held.acts())
                .permissions(held.permissions())
                .undone(!use.credentials().isEmpty()
                        && use.credentials().stream()
                                .allMatch(trust -> trust.removedBy().isPresent()))
                .build();
    }
}
