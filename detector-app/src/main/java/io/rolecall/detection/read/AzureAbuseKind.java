package io.rolecall.detection.read;

import io.rolecall.event.OperationGroups;
import io.rolecall.schema.AppEvent;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is done in Azure to give data away, run code or destroy. Operations are those of the resource providers ("Azure resource provider
 * operations") and of the audit log of vaults ("Azure Key Vault logging", both learn.microsoft.com).
 */
public enum AzureAbuseKind {
    STORAGE_KEYS(
            "storage-keys",
            "Keys of storage accounts listed",
            "microsoft-storage-storageaccounts-listkeys-action",
            "microsoft-storage-storageaccounts-regeneratekey-action",
            "microsoft-storage-storageaccounts-listaccountsas-action",
            "microsoft-storage-storageaccounts-listservicesas-action",
            "microsoft-classicstorage-storageaccounts-listkeys-action"),
    VAULT_SECRETS("vault-secrets", "Many secrets of vaults read", "secret-get"),
    RUN_COMMAND(
            "run-command",
            "Command run on a machine",
            "microsoft-compute-virtualmachines-runcommand-action",
            "microsoft-compute-virtualmachines-runcommands-write",
            "microsoft-compute-virtualmachinescalesets-virtualmachines-runcommand-action",
            "microsoft-compute-virtualmachinescalesets-virtualmachines-runcommands-write",
            "microsoft-hybridcompute-machines-runcommands-write",
            "microsoft-containerservice-managedclusters-runcommand-action"),
    DISK_EXPORT(
            "disk-export",
            "Disk opened for download",
            "microsoft-compute-disks-begingetaccess-action",
            "microsoft-compute-snapshots-begingetaccess-action",
            "microsoft-compute-restorepointcollections-restorepoints-retrievesasuris-action"),
    ENCRYPTION(
            "encryption",
            "Encryption or its key changed",
            "microsoft-compute-diskencryptionsets-write",
            "microsoft-storage-storageaccounts-encryptionscopes-write",
            "microsoft-keyvault-vaults-keys-write",
            "microsoft-sql-servers-encryptionprotector-write",
            "microsoft-sql-servers-keys-write",
            "microsoft-sql-servers-databases-transparentdataencryption-write",
            "microsoft-sql-managedinstances-encryptionprotector-write",
            "microsoft-sql-managedinstances-keys-write"),
    /** Any resource: what makes it one is the end of the operation's name. */
    MASS_DELETION("mass-deletion", "Many resources deleted");

    /** Operations of all of them; deletions by the one name that stands for all. */
    public static final Set<String> OPERATIONS = Stream.concat(
                    Arrays.stream(values()).flatMap(kind -> kind.operations.stream()),
                    Stream.of(OperationGroups.ANY_AZURE_DELETION))
            .collect(Collectors.toUnmodifiableSet());

    private final String label;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> operations;

    AzureAbuseKind(String label, String title, String... operations) {
        this.label = label;
        this.title = title;
        this.operations = Set.of(operations);
    }

    /** The name in alert ids. */
    public String label() {
        return label;
    }

    /** Beginning of a title. */
    public String title() {
        return title;
    }

    /** The kind of an act; empty for what is none of these. */
    static Optional<AzureAbuseKind> of(AppEvent act) {
        String operation = act.getOperation();
        return OperationGroups.isAzureDeletion(operation)
                ? Optional.of(MASS_DELETION)
                : Arrays.stream(values())
                        .filter(kind -> kind.operations.contains(operation))
                        .findFirst();
    }
}
