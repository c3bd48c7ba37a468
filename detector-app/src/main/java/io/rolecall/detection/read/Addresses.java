package io.rolecall.detection.read;

import io.rolecall.detection.Confidence;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.network.AddressClass;
import io.rolecall.schema.AppEvent;
import java.util.Map;

/** Ranks and words of resolved addresses. */
public final class Addresses {

    /** How bad a class is, worst first. */
    private static final Map<AddressClass, Integer> RANK = Map.of(
            AddressClass.EXTERNAL, 0,
            AddressClass.UNKNOWN, 1,
            AddressClass.MICROSOFT_SERVICE, 2,
            AddressClass.ORGANIZATION, 3);

    private Addresses() {}

    public static int rank(ResolvedAddress address) {
        return rank(address.addressClass());
    }

    public static int rank(AddressClass addressClass) {
        return RANK.getOrDefault(addressClass, 3);
    }

    /** How surely an act and its address state a finding. */
    public static Confidence confidence(AppEvent act, ResolvedAddress address) {
        if (address.addressClass() == AddressClass.UNKNOWN
                || address.addressClass() == AddressClass.MICROSOFT_SERVICE) {
            return Confidence.LOW;
        }
        return address.fromSightings() ? Confidence.MEDIUM : identity(act);
    }

    /** How surely an act's application is known, whatever its address. */
    public static Confidence identity(AppEvent act) {
        return act.getAppIdResolved() ? Confidence.MEDIUM : Confidence.HIGH;
    }

    /** For sentences, for example {@code 203.0.113.7 (external, resolved from a sign-in of the actor)}. */
    public static String label(ResolvedAddress address) {
        String who = address.addressClass().label()
                + address.network().map(label -> " network " + label).orElse("");
        String basis = address.fromSightings() ? ", resolved from " + basis(address) + " of the actor" : "";
        String disagreeing = address.disagreeing().isEmpty()
                ? ""
                : ", while " + Facts.count(address.disagreeing().size(), "other sighting") + " of the actor disagree";
        return address.ip()
                .map(ip -> ip + " (" + who + basis + disagreeing + ")")
                .orElse("no known address");
    }

    /** What the class of an address means, as a sentence with a space before it; empty where its label says it all. */
    public static String meaning(ResolvedAddress address) {
        return switch (address.addressClass()) {
            case EXTERNAL -> "";
            case ORGANIZATION -> " That address is the organisation's own.";
            case UNKNOWN -> " Whether that address is the organisation's is not known.";
            case MICROSOFT_SERVICE -> " That address is a front-end of Entra ID, which stands for whoever used it.";
        };
    }

    private static String basis(ResolvedAddress address) {
        return address.basis().equals("sign-in") ? "a sign-in" : "an audit event";
    }
}
