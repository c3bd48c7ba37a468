package io.rolecall.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Built-in roles of Azure by id and English name, those that matter here. Source and date of the table stand in NOTICE. A role that it
 * does not hold is a custom one, or of no interest.
 */
public final class AzureRoles {

    private static final Map<String, String> IDS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static final Map<String, String> NAMES = new TreeMap<>();
    private static final List<String> EVERYWHERE = new ArrayList<>();
    private static final List<String> BROAD = new ArrayList<>();

    static {
        ReferenceData.rows("reference/azure-roles.csv").forEach(row -> {
            String name = ReferenceData.column(row, "name");
            IDS.put(name, ReferenceData.column(row, "id"));
            NAMES.put(ReferenceData.column(row, "id"), name);
            switch (ReferenceData.column(row, "counts")) {
                case "everywhere" -> EVERYWHERE.add(name);
                case "subscription" -> BROAD.add(name);
                default -> {}
            }
        });
    }

    private AzureRoles() {}

    /** Id, lower case, of a role by its English name in any case. */
    public static Optional<String> id(String name) {
        return Optional.ofNullable(IDS.get(name));
    }

    /** English name of a role by its id in any case. */
    public static Optional<String> name(String id) {
        return Optional.ofNullable(NAMES.get(id.toLowerCase(Locale.ROOT)));
    }

    /** The English names of all of them, by the alphabet. */
    public static List<String> names() {
        return List.copyOf(IDS.keySet());
    }

    /** Names of those that are dangerous: everything, or the rights of others, and those of data and machines. */
    public static List<String> dangerous() {
        List<String> names = new ArrayList<>(EVERYWHERE);
        names.addAll(BROAD);
        return List.copyOf(names);
    }

    /**
     * Whether a role is dangerous only where it holds for a whole subscription or more: those of vaults, storage data and machines.
     *
     * @param id in any case
     */
    public static boolean isBroadOnly(String id) {
        return name(id).filter(BROAD::contains).isPresent();
    }
}
