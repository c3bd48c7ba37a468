package io.rolecall.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.TrustedRecords;
import io.rolecall.source.ExportedObjects;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Exports of a directory's applications as facts, in any order and any number of files: objects of Graph's resource types {@code
 * application}, {@code servicePrincipal}, {@code appRoleAssignment}, {@code oAuth2PermissionGrant} and {@code unifiedRoleAssignment},
 * and owners, as Graph, the Azure CLI, PowerShell and AzureHound write them. Objects name each other by ids, so the facts are complete
 * only when everything is read.
 */
public final class InventoryExport {

    static {
        TrustedRecords.trust();
    }

    private static final Set<ObjectKind> OBJECTS = EnumSet.of(ObjectKind.APPLICATION, ObjectKind.SERVICE_PRINCIPAL);
    private static final Set<ObjectKind> OWNERS =
            EnumSet.of(ObjectKind.APPLICATION_OWNER, ObjectKind.SERVICE_PRINCIPAL_OWNER);

    private final Consumer<Rejected> rejects;
    private final ExportedObjects objects = new ExportedObjects(new Objects());
    private final ToolOutput output = new ToolOutput(new Parts());
    private final List<Draft> drafts = new ArrayList<>();
    private final ExportedGraph graph = new ExportedGraph();
    private final AuditCoverage coverage = new AuditCoverage();
    private final Pages pages = new Pages();
    private final Set<String> organizations = new TreeSet<>();
    private final Map<String, Long> passedOver = new TreeMap<>();
    private final ExportedDetails details = new ExportedDetails();
    private final ExportedStates states = new ExportedStates();
    private Instant exportedAt = Instant.EPOCH;
    private Instant latest = Instant.EPOCH;
    private String position = "";
    private long assignmentsPassedOver;

    /** @param rejects told of every object that cannot be used, its place and why */
    public InventoryExport(Consumer<Rejected> rejects) {
        this.rejects = rejects;
    }

    /**
     * Reads a part of an exported file.
     *
     * @param time when the file was exported: the time of facts whose object does not tell when it was made
     */
    public void read(Chunk chunk, Instant time) {
        exportedAt = time;
        latest = time.isAfter(latest) ? time : latest;
        objects.read(chunk);
    }

    /**
     * Tenants that the export itself names, lower case: by its organisation or by what the tool says it looked at, else as the owner
     * of applications that are registered in it and have a service principal. One, unless exports of several tenants are mixed; none
     * when nothing tells.
     */
    public Set<String> tenants() {
        return organizations.isEmpty() ? graph.owningTenants() : Set.copyOf(organizations);
    }

    /** What the objects tell beside the facts. */
    public ExportedDetails details() {
        return details;
    }

    /** When the latest of the files was exported. */
    public Instant exportedAt() {
        return latest;
    }

    /** Whether nothing that could be a fact has been read. */
    public boolean isEmpty() {
        return drafts.isEmpty();
    }

    /** Role assignments of users and groups read so far: they are nothing that an application holds. */
    public long passedOver() {
        return assignmentsPassedOver + drafts.stream().filter(graph::isOfNobody).count();
    }

    /** Objects read so far that are no matter of applications: how many of each kind, by the tool's name of the kind. */
    public Map<String, Long> otherKinds() {
        return new TreeMap<>(passedOver);
    }

    /**
     * What a full audit needs and what was read does not tell, a line each with the command that gets it: parts that are missing, values
     * that a tool has cut, and pages whose next page is not there.
     */
    public List<String> gaps() {
        List<String> gaps = new ArrayList<>(coverage.missing());
        gaps.addAll(coverage.cut());
        int number = 1;
        for (Pages.Unfinished page : pages.unfinished()) {
            // An apostrophe would end the quoted address.
            String next = page.next().replace("'", "%27");
            gaps.add("the pages after " + page.position() + ": az rest --url '" + next + "' > export/more-" + number++
                    + ".json");
        }
        return gaps;
    }

    /**
     * The facts.
     *
     * @param kind of the object that a fact is made of
     */
    public record Fact(ObjectKind kind, AppEvent event) {}

    /**
     * The facts of everything read, under their keys on the topic: of an object that was read twice, the last.
     *
     * @param tenantId tenant, lower case
     */
    public Map<String, Fact> facts(String tenantId) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            if (graph.isOfNobody(draft)) {
                continue;
            }
            try {
                AppEvent fact = graph.complete(draft).setTenantId(tenantId).build();
                if (OWNERS.contains(draft.kind())) {
                    states.addOwner(draft.kind(), fact);
                }
                facts.put(ImportedFacts.key(tenantId, ImportedFacts.objectId(fact)), new Fact(draft.kind(), fact));
            } catch (UnusableObjectException e) {
                byte[] known = AvroJson.toLine(draft.fact()).getBytes(StandardCharsets.UTF_8);
                rejects.accept(new Rejected(
                        e.reason(), String.valueOf(e.getMessage()), draft.fact().getPosition(), known, known.length));
            }
        }
        facts.replaceAll((key, fact) -> new Fact(fact.kind(), states.complete(fact.kind(), fact.event())));
        return facts;
    }

    private final class Objects implements ExportedObjects.Sink {

        @Override
        public void object(JsonNode json, String at) {
            position = at;
            output.open(new GraphObject(json));
        }

        @Override
        public void rejected(Rejected rejected) {
            rejects.accept(rejected);
        }
    }

    private final class Parts implements ToolOutput.Sink {

        @Override
        public void take(ObjectKind kind, ExportedObject exported) {
            GraphObject object = exported.object();
            pages.object(object);
            try {
                Optional<Draft> draft = Draft.of(kind, exported, exportedAt, position);
                coverage.told(kind, object);
                draft.ifPresent(known -> {
                    drafts.add(known);
                    graph.add(known, object);
                    if (OWNERS.contains(kind)) {
                        states.addOwner(object);
                    } else if (OBJECTS.contains(kind)) {
                        String appId = known.fact().getAppId().orElseThrow();
                        details.add(kind, appId, object);
                        states.add(kind, appId, object, exportedAt);
                    }
                });
                if (kind == ObjectKind.ORGANIZATION) {
                    object.guid("id").ifPresent(organizations::add);
                }
                assignmentsPassedOver += kind == ObjectKind.APP_ROLE_ASSIGNMENT && draft.isEmpty() ? 1 : 0;
            } catch (UnusableObjectException e) {
                unusable(object, e.reason(), String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void page(GraphObject page) {
            pages.page(page, position);
            page.text("@odata.context").flatMap(ObjectKind::ofPage).ifPresent(coverage::asked);
        }

        @Override
        public void tenant(String tenantId) {
            organizations.add(tenantId);
        }

        @Override
        public void passedOver(String kind) {
            passedOver.merge(kind, 1L, Long::sum);
        }

        @Override
        public void unusable(GraphObject object, Reason reason, String message) {
            byte[] text = object.json().toString().getBytes(StandardCharsets.UTF_8);
            byte[] head = text.length <= Rejected.MOST_BYTES ? text : Arrays.copyOf(text, Rejected.MOST_BYTES);
            rejects.accept(new Rejected(reason, message, position, head, text.length));
        }
    }
}
