package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiled schema is worth what it refuses. */
class OcsfJsonSchemaTest {

    private static ObjectNode at(ObjectNode finding, String pointer) {
        return (ObjectNode) finding.at(pointer);
    }

    private static Arguments refused(String what, String where, Consumer<ObjectNode> mistake) {
        return Arguments.of(what, where, mistake);
    }

    static List<Arguments> mistakes() {
        return List.of(
                refused("a required attribute is missing", "", finding -> finding.remove("severity_id")),
                refused("a required attribute is missing below", "/finding_info", finding -> at(
                                finding, "/finding_info")
                        .remove("uid")),
                refused("an attribute is unknown", "", finding -> finding.put("shoe_size", 46)),
                refused("an attribute is unknown below", "/metadata/product", finding -> at(
                                finding, "/metadata/product")
                        .put("shoe_size", 46)),
                refused("an attribute comes with a profile only", "", finding -> finding.put("src_url", "https://a.b")),
                refused("an attribute is deprecated", "/finding_info/analytic", finding -> at(
                                finding, "/finding_info/analytic")
                        .putArray("related_analytics")),
                refused("a text stands for a number", "/risk_score", finding -> finding.put("risk_score", "high")),
                refused("a number stands for a text", "/message", finding -> finding.put("message", 1)),
                refused("a text stands for a truth value", "/is_alert", finding -> finding.put("is_alert", "true")),
                refused("a fraction stands for an integer", "/time", finding -> finding.put("time", 1.5)),
                refused(
                        "one object stands for several",
                        "/resources",
                        finding -> finding.set("resources", finding.at("/resources/0"))),
                refused("a text stands for an object", "/finding_info", finding -> finding.put("finding_info", "x")),
                refused("an address is none", "/evidences/0/src_endpoint/ip", finding -> at(
                                finding, "/evidences/0/src_endpoint")
                        .put("ip", "nowhere")),
                refused("an address is too long", "/evidences/0/src_endpoint/ip", finding -> at(
                                finding, "/evidences/0/src_endpoint")
                        .put("ip", " ".repeat(40) + "192.0.2.1")),
                refused("a port is out of range", "/evidences/0/src_endpoint/port", finding -> at(
                                finding, "/evidences/0/src_endpoint")
                        .put("port", 65_536)),
                refused("an id is not among its values", "/status_id", finding -> finding.put("status_id", 42)
                        .remove("status")),
                refused("a caption is another id's", "/status", finding -> finding.put("status", "Resolved")),
                refused("a caption below is another id's", "/resources/0/role", finding -> at(finding, "/resources/0")
                        .put("role", "Affected")),
                refused("a kind of observable does not exist", "/observables/0/type_id", finding -> at(
                                finding, "/observables/0")
                        .put("type_id", 4711)),
                refused("a kind of observable has another's caption", "/observables/0/type", finding -> at(
                                finding, "/observables/0")
                        .put("type", "Hostname")),
                refused(
                        "the type is not that of the activity",
                        "/type_uid",
                        finding -> finding.put("type_uid", 200403)),
                refused(
                        "the type's name is not that of the activity",
                        "/type_name",
                        finding -> finding.put("type_name", "Detection Finding: Close")),
                refused("the class is another", "/class_uid", finding -> finding.put("class_uid", 2003)),
                refused("the category is another", "/category_uid", finding -> finding.put("category_uid", 3)),
                refused("the version is another", "/metadata/version", finding -> at(finding, "/metadata")
                        .put("version", "1.7.0")),
                refused("at least one of several is needed", "/finding_info/attacks/0", finding -> ((ArrayNode)
                                finding.at("/finding_info/attacks"))
                        .insertObject(0)
                        .put("version", "18")),
                refused("only one of several may be given", "/vulnerabilities/0", finding -> {
                    ObjectNode vulnerability =
                            finding.putArray("vulnerabilities").addObject();
                    vulnerability.putObject("cve").put("uid", "CVE-2026-0001");
                    vulnerability.putObject("cwe").put("uid", "CWE-1");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void what_is_wrong_is_refused_at_its_place(String what, String where, Consumer<ObjectNode> mistake) {
        // Given
        ObjectNode finding = OcsfFinding.of(Given.alert(), true);
        assertThat(OcsfChecker.problems(finding)).isEmpty();

        // When
        mistake.accept(finding);

        // Then
        assertThat(OcsfChecker.problems(finding)).isNotEmpty().allMatch(problem -> problem.startsWith(where + ": "));
    }

    @Test
    void it_is_itself_valid_against_the_schema_of_schemas() {
        // Given
        ObjectNode schema = OcsfJsonSchema.compile();

        // When
        var problems = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()))
                .validate(schema);

        // Then
        assertThat(problems).isEmpty();
    }
}
