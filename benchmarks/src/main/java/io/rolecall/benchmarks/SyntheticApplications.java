package io.rolecall.benchmarks;

import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.topology.Asked;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any number of applications, each told by the same records of the story with identifiers of its own: registration, service
 * principal, one app role assignment.
 */
final class SyntheticApplications {

    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern APP_ID = Pattern.compile("\"AppId\"[^}]*?(" + GUID.pattern() + ")");

    private final String tenantId;
    private final String appId;
    private final List<String> records;

    private SyntheticApplications(String tenantId, String appId, List<String> records) {
        this.tenantId = tenantId;
        this.appId = appId;
        this.records = records;
    }

    /** Takes the records of the first application of the story that is told by all three. */
    static SyntheticApplications fromStory() {
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(0));
        List<String> audit = story.events()
                .filter(event -> event.source().equals("entra-audit"))
                .map(StoryEvent::json)
                .toList();
        for (String registration : having(audit, "Add application", "")) {
            Matcher named = APP_ID.matcher(registration);
            if (named.find()) {
                String id = named.group(1);
                List<String> principals = having(audit, "Add service principal", id);
                List<String> grants = having(audit, "Add app role assignment to service principal", id);
                if (!principals.isEmpty() && !grants.isEmpty()) {
                    return new SyntheticApplications(
                            story.tenantId(), id, List.of(registration, principals.get(0), grants.get(0)));
                }
            }
        }
        throw new IllegalStateException("No application of the story has all three records");
    }

    int linesEach() {
        return records.size();
    }

    /** The records of one application. */
    List<String> lines(int number) {
        return records.stream()
                .map(text -> GUID.matcher(text).replaceAll(guid -> own(guid.group(), number)))
                .toList();
    }

    /** Whether the detector knows the application by its App ID; asked, so that no figure is of something else. */
    boolean isKnown(int number, InProcessDetector detector) {
        return !detector.explained(new Asked(SubjectKind.APPLICATION, own(appId, number)))
                .isEmpty();
    }

    private String own(String guid, int number) {
        boolean shared = guid.equals(tenantId) || guid.startsWith("0000000");
        return shared
                ? guid
                : UUID.nameUUIDFromBytes((guid + number).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    private static List<String> having(List<String> records, String operation, String text) {
        return records.stream()
                .filter(each -> each.contains("\"" + operation + "\"") && each.contains(text))
                .toList();
    }
}
