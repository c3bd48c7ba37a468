package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Mandate;
import io.rolecall.detection.read.Trusts;
import io.rolecall.detection.read.Trusts.Trust;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A federated credential makes an application trust tokens of an issuer and subject that the policy does not name. One finding a
 * pair, however often it comes back.
 */
public final class FederatedCredentialTrust implements Detection {

    private static final Reads READS =
            Reads.of(Trusts.OPERATIONS).needing(Operations.UPDATE_APPLICATION).within(Duration.ofDays(30));

    @Override
    public String id() {
        return "federated-credential-trust";
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
        return in.candidates(
                        "A federated credential was added or changed",
                        Trusts.added(in.history().acts()),
                        Trust::act,
                        Trust::label,
                        "No successful act shows one that is new")
                .where(
                        "Its issuer and subject were not trusted before",
                        trust -> Answer.of(
                                trust.isNew(),
                                trust.label() + (trust.isNew() ? "" : ": name, audience or description changed")))
                .where("The policy does not trust the pair", trust -> listed(in, trust))
                .note(
                        "The issuer does not look like that of a cluster",
                        trust -> Answer.of(!trust.ofCluster(), trust.label()))
                .note("It was added from an address that is not the organisation's", trust -> in.outside(trust.act()))
                .findEach(Trust::pair, same -> finding(in, same));
    }

    private static Answer listed(DetectionInput in, Trust trust) {
        return in.policy().federation().trusting(trust.issuer(), trust.subject()).stream()
                .findFirst()
                .map(entry -> Answer.no(
                        trust.label() + " is on the list: " + entry.issuer() + ", '" + entry.subjectPrefix() + "'"))
                .orElseGet(() -> Answer.yes(
                        in.policy().federation().trusted().isEmpty()
                                ? "federation.trusted names no pair"
                                : trust.label() + " is not on the list"));
    }

    /** @param same one pair each time that it was added, by time */
    private static Finding finding(DetectionInput in, List<Trust> same) {
        Trust first = same.get(0);
        AppEvent act = first.act();
        List<Mandate> mandates = same.stream()
                .map(one -> Mandate.ofCredential(in.policy(), one.act(), in.addressOf(one.act())))
                .toList();
        return in.finding(act)
                .anchor(first.anchor())
                .severity(Severity.HIGH, mandates)
                .title("Trusts " + whose(in, first) + " that the policy does not list")
                .says(Facts.actor(act) + " made the application trust tokens of " + first.issuer() + " for "
                        + (first.subject().isEmpty() ? "a subject that the log does not show" : first.subject())
                        + " at " + Facts.time(act.getEventTime()) + " from " + Addresses.label(in.addressOf(act))
                        + ". " + meaning(first)
                        + (same.size() > 1 ? " It was added " + same.size() + " times." : ""))
                .risk(
                        first.ofCluster(),
                        "The issuer looks like that of a Kubernetes cluster, and the policy does not list it for the subject:"
                                + " every workload there that gets the service account's token is the application")
                .risk(first.ofGitHub(), "GitHub issues such tokens to the workflows of any repository")
                .risk(
                        in.isFromOutside(act),
                        RiskKind.FROM_OUTSIDE,
                        "Added from an address that is not the organisation's")
                .by("added-credential", same.stream().map(Trust::act).toList())
                .shownBy(same.stream().flatMap(one -> one.removedBy().stream()).toList())
                .undone(same.stream().allMatch(one -> one.removedBy().isPresent()))
                .build();
    }

    private static String whose(DetectionInput in, Trust trust) {
        if (trust.ofGitHub()) {
            return trust.repository()
                    .map(name -> "workflows of the GitHub repository " + name)
                    .orElse("workflows of GitHub repositories");
        }
        if (trust.ofCluster()) {
            return "workloads of a cluster";
        }
        return in.policy().federation().names(trust.issuer()) ? "tokens of a subject" : "tokens of an issuer";
    }

    private static String meaning(Trust trust) {
        if (trust.ofGitHub()) {
            return "Whoever can change a workflow there signs in as the application, without a secret and from GitHub's"
                    + " addresses: this is how an application is taken over for good. If the repository is the"
                    + " organisation's own, name it in the policy.";
        }
        return "Whoever has tokens of that subject signs in as the application, without a secret that could be found or"
                + " that runs out"
                + (trust.ofCluster()
                        ? "; in a cluster that is whoever gets hold of the service account's token."
                        : ".");
    }
}
