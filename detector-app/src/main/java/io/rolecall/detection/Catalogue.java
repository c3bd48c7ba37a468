package io.rolecall.detection;

import io.rolecall.detection.rule.ApplicationConsent;
import io.rolecall.detection.rule.ApplicationCreationBurst;
import io.rolecall.detection.rule.AzureAbuseAfterGrant;
import io.rolecall.detection.rule.AzureRoleToApplication;
import io.rolecall.detection.rule.ConsentBurst;
import io.rolecall.detection.rule.ConsentPolicyWeakened;
import io.rolecall.detection.rule.ConsentRefused;
import io.rolecall.detection.rule.ConsentScopeEscalation;
import io.rolecall.detection.rule.CredentialOnPrivilegedApp;
import io.rolecall.detection.rule.DelegatedTokenUsedElsewhere;
import io.rolecall.detection.rule.DirectoryRoleToServicePrincipal;
import io.rolecall.detection.rule.DormantApplicationAwakened;
import io.rolecall.detection.rule.FederatedCredentialTrust;
import io.rolecall.detection.rule.GrantByApplication;
import io.rolecall.detection.rule.IllicitConsent;
import io.rolecall.detection.rule.KnownAbusedApplication;
import io.rolecall.detection.rule.LookalikeApplication;
import io.rolecall.detection.rule.MailFlowTampering;
import io.rolecall.detection.rule.MailboxUseAfterGrant;
import io.rolecall.detection.rule.MailboxWideAccessGranted;
import io.rolecall.detection.rule.NewNetworkThenAppChange;
import io.rolecall.detection.rule.OwnerThenCredential;
import io.rolecall.detection.rule.PrivilegedChangeAfterAccess;
import io.rolecall.detection.rule.PrivilegedRoleGranted;
import io.rolecall.detection.rule.RareApplicationUsed;
import io.rolecall.detection.rule.RiskyPermissionRequested;
import io.rolecall.detection.rule.ServicePrincipalSignInAnomaly;
import io.rolecall.detection.rule.ShortLivedPrivilege;
import io.rolecall.detection.rule.SingleTenantAppAbuse;
import io.rolecall.detection.rule.SuspiciousRedirectUri;
import io.rolecall.detection.rule.TenancyFlip;
import io.rolecall.detection.rule.TenantWideConsent;
import io.rolecall.detection.rule.UndeclaredPermission;
import io.rolecall.detection.rule.WorkloadTokenUsedElsewhere;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Policy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The detections of a run with their pages, in the order of the documentation. One is made where a command begins and handed down;
 * nothing asks for another. Immutable.
 */
public final class Catalogue {

    /** Adding a detection adds one line here. */
    private static final List<Detection> SHIPPED = List.of(
            new SingleTenantAppAbuse(),
            new PrivilegedRoleGranted(),
            new MailboxWideAccessGranted(),
            new GrantByApplication(),
            new TenantWideConsent(),
            new IllicitConsent(),
            new ConsentScopeEscalation(),
            new CredentialOnPrivilegedApp(),
            new MailFlowTampering(),
            new MailboxUseAfterGrant(),
            new ServicePrincipalSignInAnomaly(),
            new FederatedCredentialTrust(),
            new NewNetworkThenAppChange(),
            new SuspiciousRedirectUri(),
            new LookalikeApplication(),
            new ConsentPolicyWeakened(),
            new DirectoryRoleToServicePrincipal(),
            new RareApplicationUsed(),
            new ConsentBurst(),
            new TenancyFlip(),
            new KnownAbusedApplication(),
            new OwnerThenCredential(),
            new ShortLivedPrivilege(),
            new ApplicationCreationBurst(),
            new DormantApplicationAwakened(),
            new UndeclaredPermission(),
            new ApplicationConsent(),
            new AzureRoleToApplication(),
            new AzureAbuseAfterGrant(),
            new PrivilegedChangeAfterAccess(),
            new DelegatedTokenUsedElsewhere(),
            new RiskyPermissionRequested(),
            new ConsentRefused(),
            new WorkloadTokenUsedElsewhere());

    private final Map<String, Detection> detections = new LinkedHashMap<>();
    private final Map<String, DetectionPage> pages = new LinkedHashMap<>();
    private final List<Detection> evaluationOrder;

    private Catalogue(Collection<Detection> detections, Function<String, DetectionPage> pages) {
        for (Detection detection : detections) {
            if (this.detections.put(detection.id(), detection) != null) {
                throw new IllegalArgumentException("Two detections are called " + detection.id());
            }
            this.pages.put(detection.id(), pages.apply(detection.id()));
        }
        this.evaluationOrder = EvaluationOrder.of(List.copyOf(this.detections.values()));
    }

    /**
     * Every detection of the product.
     *
     * @throws io.rolecall.config.ConfigurationException when the front matter of a page is wrong
     */
    public static Catalogue shipped() {
        return new Catalogue(SHIPPED, DetectionPage::shipped);
    }

    /**
     * Some detections.
     *
     * @param pages the page of a detection by its id
     */
    public static Catalogue of(Collection<Detection> detections, Function<String, DetectionPage> pages) {
        return new Catalogue(detections, pages);
    }

    /** The detections, in order. */
    public List<Detection> all() {
        return List.copyOf(detections.values());
    }

    /** Those that evaluate subjects of a kind, in the order in which they are evaluated: readers of findings last. */
    public List<Detection> of(SubjectKind kind) {
        return evaluationOrder.stream()
                .filter(detection -> detection.subjects().contains(kind))
                .toList();
    }

    /** Their ids, in order. */
    public List<String> ids() {
        return List.copyOf(detections.keySet());
    }

    public Optional<Detection> byId(String id) {
        return Optional.ofNullable(detections.get(id));
    }

    /**
     * What people read of a detection.
     *
     * @throws IllegalArgumentException when the detection is none of these
     */
    public DetectionPage page(Detection detection) {
        DetectionPage page = pages.get(detection.id());
        if (page == null) {
            throw new IllegalArgumentException("Not in the catalogue: " + detection.id());
        }
        return page;
    }

    /** The parameters of every detection by id: what a policy file may set. */
    public Map<String, List<Param<?>>> parameters() {
        Map<String, List<Param<?>>> parameters = new LinkedHashMap<>();
        detections.forEach((id, detection) -> parameters.put(id, detection.parameters()));
        return parameters;
    }

    /** Operations of the logs that any of the detections reads, or that the investigation of an alert tells of. */
    public Set<String> operations() {
        Set<String> operations = new HashSet<>(Investigated.OPERATIONS);
        detections
                .values()
                .forEach(detection -> operations.addAll(detection.reads().logged()));
        return operations;
    }

    /** The furthest that any of the detections looks from an anchor, at the settings of the policy. */
    public Duration window(Policy policy) {
        return detections.values().stream()
                .map(detection -> detection.reads().window(policy.settings(detection.id())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
