package io.rolecall.detection.read;

import io.rolecall.policy.Policy;
import io.rolecall.policy.ProtectedNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names and domains that an application must not imitate: Microsoft's, which are shipped, and the organisation's. */
public final class ProtectedTexts {

    private static final Map<String, List<String>> MICROSOFTS = bySkeleton(ProtectedNames.microsofts());

    private static final Comparator<Match> ORDER = Comparator.comparing(Match::exact)
            .reversed()
            .thenComparing(Match::isMicrosofts)
            .thenComparing(Match::imitated);

    private final List<String> domains;
    private final Map<String, List<String>> ours;

    /** Most acts on an application show the same name. */
    private final Map<String, List<Match>> known = new HashMap<>();

    /**
     * What a text has to do with a protected one.
     *
     * @param text the text
     * @param imitated the protected name or domain
     * @param exact whether it is that very name
     * @param isMicrosofts whether the name is one of Microsoft's
     */
    public record Match(String text, String imitated, boolean exact, boolean isMicrosofts) {

        /** What a finding about it hangs on. */
        public String anchor() {
            return imitated.toLowerCase(Locale.ROOT);
        }

        /** For {@code explain} and sentences. */
        public String words() {
            return "\"" + text + "\" " + (exact ? "is" : "looks like") + " "
                    + (isMicrosofts ? "Microsoft's" : "the organisation's") + " \"" + imitated + "\"";
        }
    }

    private ProtectedTexts(Policy.Organization organization) {
        this.domains = organization.domains();
        this.ours = bySkeleton(organization.protectedNames());
    }

    /** Those of a policy, with the shipped ones. */
    public static ProtectedTexts of(Policy policy) {
        return new ProtectedTexts(policy.organization());
    }

    private static Map<String, List<String>> bySkeleton(List<String> names) {
        Map<String, List<String>> bySkeleton = new HashMap<>();
        names.forEach(name -> LookAlikes.skeletons(name).forEach(skeleton -> bySkeleton
                .computeIfAbsent(skeleton, key -> new ArrayList<>())
                .add(name)));
        return bySkeleton;
    }

    /** The protected names that a display name is or looks like: of each list one, the very name if it is there. */
    public List<Match> ofName(String name) {
        return known.computeIfAbsent(name, this::compare);
    }

    private List<Match> compare(String name) {
        Set<String> skeletons = LookAlikes.skeletons(name);
        return Stream.of(matches(name, skeletons, ours, false), matches(name, skeletons, MICROSOFTS, true))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Match> matches(
            String name, Set<String> skeletons, Map<String, List<String>> names, boolean microsofts) {
        return skeletons.stream()
                .flatMap(skeleton -> names.getOrDefault(skeleton, List.of()).stream())
                .map(known -> new Match(name, known, known.equals(name), microsofts))
                .min(ORDER);
    }

    /** The protected domain or name that a publisher domain imitates; the organisation's own domains imitate nothing. */
    public Optional<Match> ofDomain(String domain) {
        if (WebDomains.isOf(domain, domains)) {
            return Optional.empty();
        }
        Optional<Match> ofDomains =
                WebDomains.imitated(domain, domains).map(imitated -> new Match(domain, imitated, false, false));
        return ofDomains.or(() -> label(domain)
                .flatMap(label -> ofName(label).stream()
                        .filter(match -> !spelled(match.imitated()).equals(spelled(label)))
                        .findFirst())
                .map(match -> new Match(domain, match.imitated(), false, match.isMicrosofts())));
    }

    /** The part of a domain that somebody chose: a domain can hold neither capitals nor spaces. */
    private static Optional<String> label(String domain) {
        return WebDomains.registrable(domain)
                .map(WebDomains::unicode)
                .map(name -> name.substring(0, name.indexOf('.')));
    }

    private static String spelled(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[ ._-]", "");
    }
}
