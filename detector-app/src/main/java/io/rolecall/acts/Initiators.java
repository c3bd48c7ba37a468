package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.ByApplication;
import io.rolecall.acts.DirectoryAct.ByNobody;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Initiator;
import io.rolecall.config.Nearest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who does the act of a line. */
final class Initiators {

    static final String NOBODY = "nobody";
    static final String APP = "app";
    static final String SERVICE = "service";

    private static final String BY = "by";
    private static final String FROM = "from";

    private final Line line;

    Initiators(Line line) {
        this.line = line;
    }

    /** The initiator that the value of {@code by} names; absent means nobody. */
    Initiator of(@Nullable Object by) {
        if (by instanceof Map<?, ?> named) {
            Object app = named.get(APP);
            return app == null
                    ? new ByApplication(String.valueOf(named.get(SERVICE)), Optional.empty())
                    : application(String.valueOf(app));
        }
        if (by == null || by.equals(NOBODY)) {
            return new ByNobody();
        }
        String name = String.valueOf(by);
        if (line.cast().isPerson(name)) {
            return new ByUser(line.cast().person(name, line.tenantName()), address(by));
        }
        if (line.cast().applications().contains(name)) {
            return application(name);
        }
        Set<String> known = line.cast().everybody();
        known.add(NOBODY);
        line.error(BY, "'" + name + "' is neither under 'people' nor an application; " + Nearest.hint(name, known));
        return new ByNobody();
    }

    /** The address of whoever acts; applications have none unless the line gives them one. */
    Optional<String> address(@Nullable Object by) {
        Optional<String> from = line.text(FROM);
        String name = name(by);
        String where = from.orElseGet(
                () -> by == null ? Whereabouts.UNKNOWN : line.cast().whereOf(name));
        if (!Whereabouts.WORDS.contains(where) && !Whereabouts.isAddress(where)) {
            line.error(FROM, "'" + where + "' is no address; " + Nearest.hint(where, Whereabouts.WORDS));
            return Optional.empty();
        }
        if (where.equals(Whereabouts.OFFICE) && !line.cast().hasOffice()) {
            line.error(from.isPresent() ? FROM : BY, "'office' needs an entry under 'networks'");
            return Optional.empty();
        }
        return line.cast().addressOf(name, where);
    }

    /** Whose address it is: that of whoever acts, else that of the application that the line is about. */
    private String name(@Nullable Object by) {
        if (by instanceof Map<?, ?> named) {
            Object app = named.get(APP);
            return app == null ? "" : String.valueOf(app);
        }
        return by instanceof String text ? text : line.text(APP).orElse("");
    }

    private ByApplication application(String name) {
        App app = line.cast().app(name, line.tenant());
        return new ByApplication(
                app.name(),
                Optional.of(app.servicePrincipalId()),
                Optional.of(app.appId()),
                line.has(FROM) ? address(name) : Optional.empty());
    }
}
