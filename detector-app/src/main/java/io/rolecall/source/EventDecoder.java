package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.event.OperationNames;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.TrustedRecords;
import io.rolecall.source.split.DateOrder;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes elements of all four log sources, deciding by content which source and which envelope an element is of. */
public final class EventDecoder implements ElementDecoder {

    private final DecodeSettings settings;
    private final NeededOperations needed;
    private final SourceDecoder entraAudit = new EntraAuditDecoder();
    private final SourceDecoder entraSignIn = new EntraSignInDecoder();
    private final SourceDecoder huntingSignIns = new HuntingSignIns();
    private final SourceDecoder graphActivity = new GraphActivityDecoder();
    private final SourceDecoder azureActivity = new AzureActivityDecoder();
    private final SourceDecoder m365Audit = new UnifiedAuditDecoder();
    private final SignInPass pass = new SignInPass();
    private DateOrder dates = DateOrder.MONTH_FIRST;

    static {
        // Builders copy the defaults of lists of records.
        TrustedRecords.trust();
    }

    public EventDecoder(DecodeSettings settings, NeededOperations needed) {
        this.settings = settings;
        this.needed = needed;
    }

    @Override
    public void dates(DateOrder order) {
        dates = order;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of a wrapper that holds several events the good ones live: they are the siblings of the exception that the others are
     * rejected with.
     */
    @Override
    public List<AppEvent> decode(JsonNode element, String position, Instant reference) throws RejectedElementException {
        Unwrapper.Found found = Unwrapper.unwrap(element);
        List<AppEvent> events = new ArrayList<>(1);
        List<RejectedElementException> refused = new ArrayList<>(found.refused());
        for (Element each : found.elements()) {
            try {
                decode(each, position, reference, events);
            } catch (RejectedElementException e) {
                refused.add(e);
            }
        }
        int all = found.elements().size() + found.refused().size();
        if (refused.isEmpty()) {
            return events;
        }
        RejectedElementException first = refused.get(0);
        if (all == 1) {
            throw first;
        }
        String message = refused.size() + " of " + all + " in a wrapper: " + first.getMessage();
        throw new RejectedElementException(first.reason(), message, events);
    }

    @Override
    public @Nullable ReadSignIn signIn(byte[] bytes, int from, int to, String position, Instant reference) {
        SlotFields fields = dates == DateOrder.DAY_FIRST ? null : pass.read(bytes, from, to);
        if (fields == null) {
            return null;
        }
        try {
            if (Unwrapper.isWrapper(fields)) {
                return null;
            }
            ReadEvent read = read(new Element(fields, "", fields.has("ActionType")), reference);
            return read == null ? null : ReadSignIn.of(read, position);
        } catch (RejectedElementException | RuntimeException e) {
            // Whatever is wrong, the parse tells it as it always did.
            return null;
        }
    }

    private void decode(Element element, String position, Instant reference, List<AppEvent> events)
            throws RejectedElementException {
        ReadEvent read = read(element, reference);
        if (read != null) {
            for (Part part : read.decoded().parts()) {
                events.add(read.event(part, position));
            }
        }
    }

    /** Reads one event; null when no detection needs it. */
    private @Nullable ReadEvent read(Element element, Instant reference) throws RejectedElementException {
        RawOperation raw = ElementOperation.of(element);
        if (raw == null) {
            throw new RejectedElementException(
                    Reason.NOT_AN_EVENT, "no operation and no known shape: " + keys(element));
        }
        String operation = OperationNames.normalise(raw.text());
        if (operation.isEmpty()) {
            throw new RejectedElementException(
                    Reason.NOT_AN_EVENT, "an operation that names nothing: " + Excerpt.of(raw.text()));
        }
        boolean wanted = needed.needed(operation);
        if (!wanted && !settings.everything()) {
            return null;
        }
        Shape shape = Shape.of(element, raw);
        if (shape == null && wanted) {
            throw new RejectedElementException(Reason.MISSING_TIME, "no event time: " + Excerpt.of(raw.text()));
        }
        if (shape == null) {
            throw new RejectedElementException(
                    Reason.NOT_AN_EVENT,
                    "an operation (" + Excerpt.of(raw.text()) + ") but no known shape: " + keys(element));
        }
        JsonTextFields.check(element, shape.source());
        Element dated = dates == DateOrder.DAY_FIRST ? LocalDates.monthFirst(element) : element;
        Decoded decoded = decoder(shape).decode(dated, shape);
        Instant time = checkedTime(decoded, reference);
        if (wanted && !hasIdentity(decoded)) {
            throw new RejectedElementException(
                    Reason.NO_IDENTITY, "no application, actor, target or tenant: " + Excerpt.of(raw.text()));
        }
        String eventId = Values.present(decoded.eventId());
        String tenant = decoded.tenantId();
        return new ReadEvent(
                shape,
                decoded,
                eventId == null ? EventIds.ofContent(element.json()) : eventId,
                time,
                tenant == null ? settings.tenantId() : tenant);
    }

    private SourceDecoder decoder(Shape shape) {
        if (shape.operation().equals(GraphActivityDecoder.OPERATION)) {
            return graphActivity;
        }
        if (shape.envelope().endsWith(HuntingSignIns.ENVELOPE)) {
            return huntingSignIns;
        }
        return switch (shape.source()) {
            case ENTRA_AUDIT -> entraAudit;
            case ENTRA_SIGN_IN -> entraSignIn;
            case AZURE_ACTIVITY -> azureActivity;
            case M365_AUDIT -> m365Audit;
        };
    }

    private Instant checkedTime(Decoded decoded, Instant reference) throws RejectedElementException {
        Instant time = decoded.time();
        if (time == null) {
            throw new RejectedElementException(Reason.MISSING_TIME, "no event time");
        }
        if (time.isAfter(reference.plus(settings.maxFuture()))) {
            throw new RejectedElementException(
                    Reason.FUTURE, "event time " + time + " lies more than " + settings.maxFuture() + " ahead");
        }
        return time;
    }

    private static boolean hasIdentity(Decoded decoded) {
        Actor actor = decoded.actor();
        return decoded.tenantId() != null
                || decoded.targeted()
                || actor.getId().isPresent()
                || actor.getName().isPresent()
                || actor.getAppId().isPresent()
                || decoded.parts().stream().anyMatch(part -> !part.app().equals(AppRef.NONE));
    }

    private static String keys(Element element) {
        List<String> names = new ArrayList<>();
        element.json().fieldNames().forEachRemaining(names::add);
        return Excerpt.of("keys " + names);
    }
}
