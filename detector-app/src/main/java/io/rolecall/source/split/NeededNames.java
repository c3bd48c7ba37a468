package io.rolecall.source.split;

import io.rolecall.event.OperationGroups;
import java.util.Set;

/** Needs the operations of a set, by name; and whatever does not tell what it is. */
final class NeededNames implements NeededOperations {

    /** Names that do not tell what the event is: the wrapper has to be opened. */
    private static final Set<String> WRAPPERS = Set.of("", "publish");

    /**
     * What Azure's portal calls the operations of {@link OperationGroups#AZURE} in English: rows of Log Analytics without the column with the
     * operation's own name have it in {@code OperationName}, and the action in {@code Authorization}.
     */
    private static final Set<String> TRANSLATED = Set.of(
            "create-role-assignment",
            "create-or-update-custom-role-definition",
            "assigns-the-caller-to-user-access-administrator-role",
            "list-storage-account-keys",
            "regenerate-storage-account-keys",
            "returns-storage-account-sas-token",
            "returns-storage-service-sas-token",
            "create-or-update-storage-account",
            "create-update-storage-account",
            "run-command-on-virtual-machine",
            "create-or-update-virtual-machine-extension",
            "get-disk-sas-uri",
            "get-snapshot-sas-uri",
            "create-or-update-snapshot",
            "update-key-vault",
            "update-access-policy");

    private final Set<String> operations;

    NeededNames(Set<String> operations) {
        this.operations = Set.copyOf(operations);
    }

    @Override
    public boolean needed(String operation) {
        return operations.contains(operation)
                || WRAPPERS.contains(operation)
                || (operations.contains(OperationGroups.ANY_AZURE_DELETION)
                        && OperationGroups.isAzureDeletion(operation));
    }

    /** Deletions of all Azure resources begin alike. */
    @Override
    public boolean maybeTranslated(String operation) {
        return TRANSLATED.contains(operation) || operation.startsWith("delete-");
    }
}
