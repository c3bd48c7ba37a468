package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Interval;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.event.SignIns;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FederatedCredentialChange;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.SignInHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Successful sign-ins of a service principal with federated credentials: one an hour, address, credential and resource.
 *
 * @param signIns by time
 * @param covered the span of time of which they are all
 */
public record FederatedSignIns(List<AppEvent> signIns, Interval covered) {

    /** Credential type of such a sign-in, whatever its case; others state only which credential it was. */
    private static final String TYPE = "federatedIdentityCredential";

    private static final Duration HOUR = Duration.ofHours(1);

    /** Most roll-ups read at once. */
    private static final int MOST = SubjectHistory.MOST_FACTS;

    public FederatedSignIns {
        signIns = List.copyOf(signIns);
    }

    /**
     * Reads those of the hours that changed; all later ones too when a federated credential changed, since it is by these that they are
     * told apart.
     */
    public static FederatedSignIns read(ApplicationHistory history, Interval focus) {
        boolean credentials = history.acts().stream()
                .anyMatch(act -> focus.contains(act.getEventTime())
                        && Details.of(act, FederatedCredentialChange.class).isPresent());
        Instant from = focus.from().isBefore(Instant.EPOCH)
                ? Instant.MIN
                : focus.from().minus(Facts.CLOCK_SKEW);
        Instant to = credentials ? Instant.MAX : focus.to();
        List<SignInHour> read = history.successes(from, to, MOST).stream()
                .filter(hour -> SignIns.isOfApplication(hour.getKind()))
                .toList();
        Interval covered = new Interval(from, read.size() < MOST ? to : end(read));
        List<AppEvent> found = new ArrayList<>();
        for (SignInHour hour : read) {
            hour.getFirstEvent()
                    .filter(FederatedSignIns::isFederated)
                    .filter(first -> !hour.getHour().isAfter(covered.to()))
                    .ifPresent(found::add);
        }
        return new FederatedSignIns(found.stream().sorted(Facts.ORDER).toList(), covered);
    }

    /** The last hour may have more; unless there is no other, when it has to be enough. */
    private static Instant end(List<SignInHour> read) {
        Instant first = read.get(0).getHour();
        Instant last = read.get(read.size() - 1).getHour();
        return (last.isAfter(first) ? last : last.plus(HOUR)).minusNanos(1);
    }

    private static boolean isFederated(AppEvent act) {
        return Details.of(act, SignIn.class)
                .filter(signIn -> signIn.getKind().equals("service-principal"))
                .filter(signIn -> signIn.getCredentialId().isPresent()
                        || signIn.getCredentialType()
                                .filter(TYPE::equalsIgnoreCase)
                                .isPresent())
                .isPresent();
    }
}
