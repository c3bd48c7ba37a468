package io.rolecall.incident;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.UseSummary;
import io.rolecall.schema.state.ExtractedAct;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The acts of an alert with who did them and from where, as far as the alert tells. */
final class ExtractedActs {

    private static final Comparator<ExtractedAct> ORDER =
            Comparator.comparing(ExtractedAct::getTime).thenComparing(ExtractedAct::getText);
    private static final int MOST_DECIDING = 20;
    /** Of many deciding acts the first tell how it began, and these last ones how far it went. */
    private static final int LAST_DECIDING = 5;

    private static final int MOST_OTHERS = 10;
    private static final String APPLICATION = "The application '";

    private final Alert alert;

    private ExtractedActs(Alert alert) {
        this.alert = alert;
    }

    /** At most 20 acts that decided and 10 that stand around them, by time. */
    static List<ExtractedAct> of(Alert alert) {
        ExtractedActs acts = new ExtractedActs(alert);
        List<ExtractedAct> deciding =
                alert.getEvidence().stream().map(acts::deciding).sorted(ORDER).toList();
        int size = deciding.size();
        List<ExtractedAct> all =
                new ArrayList<>(size <= MOST_DECIDING ? deciding : deciding.subList(0, MOST_DECIDING - LAST_DECIDING));
        if (size > MOST_DECIDING) {
            all.addAll(deciding.subList(size - LAST_DECIDING, size));
        }
        all.addAll(acts.others());
        all.sort(ORDER);
        return List.copyOf(all);
    }

    private List<ExtractedAct> others() {
        Stream<String> afterwards = alert.getInvestigation().map(Investigation::getAfterwards).stream()
                .flatMap(List::stream);
        Stream<String> directory =
                alert.getInvestigation().flatMap(Investigation::getUse).map(UseSummary::getDirectory).stream()
                        .flatMap(List::stream);
        return Stream.concat(afterwards, directory)
                .map(this::other)
                .flatMap(Optional::stream)
                .limit(MOST_OTHERS)
                .toList();
    }

    /** A sentence of the investigation, which begins with its time. */
    private Optional<ExtractedAct> other(String sentence) {
        int space = sentence.indexOf(' ');
        try {
            return Optional.of(
                    act(Instant.parse(sentence.substring(0, space)), sentence.substring(space + 1), Optional.empty())
                            .setDeciding(false)
                            .build());
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            return Optional.empty(); // of a build that told it otherwise
        }
    }

    private ExtractedAct deciding(Evidence evidence) {
        return act(evidence.getEventTime(), evidence.getSummary(), evidence.getIp())
                .setDeciding(true)
                .build();
    }

    private ExtractedAct.Builder act(Instant time, String text, Optional<String> logged) {
        Optional<AlertActor> actor = actor(text, logged);
        Optional<String> resolved =
                actor.filter(it -> !it.getBasis().equals("event")).flatMap(AlertActor::getIp);
        Optional<String> ip = logged.or(() -> resolved);
        return ExtractedAct.newBuilder()
                .setTime(time)
                .setText(BoundedText.of(toNamed(named(text)), AlertExtracts.TEXT_BYTES))
                .setActor(BoundedText.of(
                                subject(text).or(() -> actor.flatMap(ExtractedActs::name)), AlertExtracts.NAME_BYTES)
                        .orElse(null))
                .setIp(BoundedText.of(ip, AlertExtracts.NAME_BYTES).orElse(null))
                .setIpClass(ip.flatMap(this::addressClass).orElse(null));
    }

    /** A sentence begins with who did it. Of one person's addresses the logged one, else one that was resolved. */
    private Optional<AlertActor> actor(String text, Optional<String> logged) {
        List<AlertActor> named = alert.getActors().stream()
                .filter(actor ->
                        name(actor).filter(name -> beginsWith(text, name)).isPresent())
                .toList();
        return named.stream()
                .filter(actor -> logged.isPresent() && actor.getIp().equals(logged))
                .findFirst()
                .or(() -> named.stream()
                        .filter(actor -> logged.isEmpty() && !actor.getBasis().equals("event"))
                        .findFirst())
                .or(() -> named.stream().findFirst());
    }

    private Optional<String> subject(String text) {
        String id = alert.getSubject().getId();
        if (!named(text).equals(text)) {
            return alert.getApplication().flatMap(AlertApplication::getDisplayName);
        }
        return beginsWith(text, id) ? Optional.of(id) : Optional.empty();
    }

    /** What an application does itself is logged under its ids; readers know it by its name. */
    private String named(String text) {
        Optional<AlertApplication> application = alert.getApplication();
        Optional<String> name = application.flatMap(AlertApplication::getDisplayName);
        return Stream.of(
                        Optional.of(alert.getSubject().getId()),
                        application.flatMap(AlertApplication::getAppId),
                        application.flatMap(AlertApplication::getServicePrincipalId))
                .flatMap(Optional::stream)
                .filter(id -> name.isPresent() && beginsWith(text, id))
                .findFirst()
                .map(id -> APPLICATION + name.orElseThrow() + "'" + text.substring(id.length()))
                .orElse(text);
    }

    /** A grant that does not name the application ends with its App ID. */
    private String toNamed(String text) {
        Optional<AlertApplication> application = alert.getApplication();
        Optional<String> name = application.flatMap(AlertApplication::getDisplayName);
        Optional<String> end = application
                .flatMap(AlertApplication::getAppId)
                .map(id -> " to " + id)
                .filter(text::endsWith);
        return name.isEmpty() || end.isEmpty()
                ? text
                : text.substring(0, text.length() - end.orElseThrow().length()) + " to '" + name.orElseThrow() + "'";
    }

    /** Ends at the first character that differs: names from logs may be as long as they like. */
    private static boolean beginsWith(String text, String name) {
        return isAt(0, text, name, ' ')
                || (text.startsWith(APPLICATION) && isAt(APPLICATION.length(), text, name, '\''));
    }

    private static boolean isAt(int place, String text, String name, char after) {
        int end = place + name.length();
        return text.length() > end
                && text.charAt(end) == after
                && text.regionMatches(true, place, name, 0, name.length());
    }

    private static Optional<String> name(AlertActor actor) {
        return actor.getName().or(actor::getId);
    }

    private Optional<String> addressClass(String ip) {
        return alert.getActors().stream()
                .filter(actor -> actor.getIp().filter(ip::equals).isPresent())
                .map(AlertActor::getIpClass)
                .findFirst();
    }
}
