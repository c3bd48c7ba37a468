package io.rolecall.state;

import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.schema.AppEvent;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many acts one user has on one application. What a consent for the whole tenant assigns to the administrator by the way is no
 * consent of a user, and either may come first: assignments that users make to themselves are kept by their click, and count
 * unless the same click is known to be for the whole tenant.
 */
final class UserActs {

    private static final int HASH = 8;
    private static final int CLICK = HASH + 2 * Short.BYTES;

    private long consents;
    private long assignments;
    private final Map<Long, Click> clicks = new TreeMap<>();

    /** Acts with one correlation id. */
    private record Click(int selfAssignments, int tenantWide) {}

    private UserActs() {}

    static UserActs of(byte[] stored) {
        UserActs acts = new UserActs();
        ByteBuffer in = ByteBuffer.wrap(stored);
        if (in.hasRemaining()) {
            acts.consents = in.getLong();
            acts.assignments = in.getLong();
        }
        while (in.remaining() >= CLICK) {
            acts.clicks.put(in.getLong(), new Click(in.getShort(), in.getShort()));
        }
        return acts;
    }

    /** Consents and requests for one. */
    long consents() {
        return consents
                + clicks.values().stream()
                        .filter(click -> click.tenantWide() == 0)
                        .mapToInt(Click::selfAssignments)
                        .sum();
    }

    /** Assignments by somebody else, or to a role. */
    long assignments() {
        return assignments;
    }

    /** Adds an act, or takes it back. */
    void count(AppEvent act, int change) {
        if (Acts.isTenantWide(act)) {
            click(act, 0, change);
        } else if (Acts.assignsUser(act)) {
            assignments = Math.max(0, assignments + change);
        } else if (Acts.assignsItself(act)) {
            click(act, change, 0);
        } else if (Acts.asksUser(act)) {
            consents = Math.max(0, consents + change);
        }
    }

    private void click(AppEvent act, int selfAssignments, int tenantWide) {
        String id = act.getCorrelationId().orElse(act.getEventId());
        long key = Hashes.number(Hashes.sha256(id));
        Click known = clicks.getOrDefault(key, new Click(0, 0));
        Click changed = new Click(
                Math.max(0, known.selfAssignments() + selfAssignments), Math.max(0, known.tenantWide() + tenantWide));
        if (changed.selfAssignments() + changed.tenantWide() == 0) {
            clicks.remove(key);
        } else {
            clicks.put(key, changed);
        }
    }

    /** Empty when there is nothing left to keep. */
    byte[] stored() {
        if (consents + assignments == 0 && clicks.isEmpty()) {
            return new byte[0];
        }
        ByteBuffer out = ByteBuffer.allocate(2 * Long.BYTES + clicks.size() * CLICK)
                .putLong(consents)
                .putLong(assignments);
        clicks.forEach((key, click) ->
                out.putLong(key).putShort((short) click.selfAssignments()).putShort((short) click.tenantWide()));
        return out.array();
    }
}
