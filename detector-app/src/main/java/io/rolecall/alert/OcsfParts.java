package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.Evidence;
import java.util.Optional;

/** The lists of an OCSF finding: resources, evidence artifacts, observables. */
final class OcsfParts {

    private static final String ADDRESS = "evidences[].src_endpoint.ip";
    private static final int TARGET = 1;
    private static final int RELATED = 4;

    private final Alert alert;

    OcsfParts(Alert alert) {
        this.alert = alert;
    }

    /** The application by its three identifiers; without an application, the subject. */
    ArrayNode resources() {
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        if (alert.getApplication().isPresent()) {
            AlertApplication application = alert.getApplication().get();
            Optional<String> name = application.getDisplayName();
            application.getAppId().ifPresent(id -> resource(resources, id, name, "Application", TARGET));
            application
                    .getServicePrincipalId()
                    .ifPresent(id -> resource(resources, id, name, "Service Principal", TARGET));
            application
                    .getObjectId()
                    .ifPresent(id -> resource(resources, id, name, "Application Registration", RELATED));
        }
        if (resources.isEmpty()) {
            resource(
                    resources,
                    alert.getSubject().getId(),
                    Optional.empty(),
                    AttackNames.capitalized(alert.getSubject().getKind()),
                    TARGET);
        }
        return resources;
    }

    private static void resource(ArrayNode resources, String uid, Optional<String> name, String type, int role) {
        ObjectNode resource = resources.addObject();
        resource.put("uid", uid);
        name.ifPresent(it -> resource.put("name", it));
        resource.put("type", type);
        resource.put("role_id", role);
        resource.put("role", role == TARGET ? "Target" : "Related");
    }

    /** One artifact per deciding act, then one per actor with the address that counts. */
    ArrayNode evidences() {
        ArrayNode evidences = JsonNodeFactory.instance.arrayNode();
        alert.getEvidence().forEach(evidence -> evidence(evidences.addObject(), evidence));
        alert.getActors().stream()
                .filter(actor ->
                        DisplayNames.firstOf(actor.getName(), actor.getId()).isPresent())
                .forEach(actor -> actor(evidences.addObject(), actor));
        return evidences;
    }

    private static void evidence(ObjectNode artifact, Evidence evidence) {
        artifact.put("uid", evidence.getEventId());
        artifact.put("name", evidence.getSummary());
        ObjectNode api = artifact.putObject("api");
        api.put("operation", evidence.getOperation());
        api.putObject("service").put("name", evidence.getSource());
        evidence.getIp().ifPresent(ip -> endpoint(artifact, ip));
        artifact.set("data", AvroJson.toTree(evidence));
    }

    private static void actor(ObjectNode artifact, AlertActor actor) {
        artifact.put("name", "actor: " + actor.getRole());
        ObjectNode object = artifact.putObject("actor");
        if (actor.getType().equals("application")) {
            actor.getId().ifPresent(id -> object.put("app_uid", id));
            actor.getName().ifPresent(name -> object.put("app_name", name));
        } else {
            ObjectNode user = object.putObject("user");
            actor.getId().ifPresent(id -> user.put("uid", id));
            actor.getName().ifPresent(name -> user.put("name", name));
            user.put("type_id", actor.getType().equals("user") ? 1 : 0);
        }
        actor.getIp().ifPresent(ip -> endpoint(artifact, ip));
        artifact.set("data", AvroJson.toTree(actor));
    }

    private static void endpoint(ObjectNode artifact, String ip) {
        if (OcsfObservables.isAddress(ip)) {
            artifact.putObject("src_endpoint").put("ip", ip);
        }
    }

    /** What a search starts from, each value once. */
    ArrayNode observables() {
        OcsfObservables observables = new OcsfObservables();
        for (Evidence evidence : alert.getEvidence()) {
            evidence.getIp().ifPresent(ip -> observables.address(ADDRESS, ip));
        }
        for (AlertActor actor : alert.getActors()) {
            actor.getIp().ifPresent(ip -> observables.address(ADDRESS, ip));
            if (!actor.getType().equals("application")) {
                actor.getName().ifPresent(name -> observables.userName("evidences[].actor.user.name", name));
                actor.getId().ifPresent(id -> observables.userUid("evidences[].actor.user.uid", id));
            }
        }
        resources()
                .forEach(resource -> observables.resourceUid(
                        "resources[].uid", resource.get("uid").asText()));
        return observables.list();
    }
}
