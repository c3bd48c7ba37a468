package io.rolecall.incident;

import io.rolecall.alert.SeverityColors;
import io.rolecall.alert.TextWrap;
import io.rolecall.event.AvroJson;
import io.rolecall.policy.Severity;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Labels in a first column and wrapped text beside them. Nothing is written for what is empty. */
final class TextColumns {

    private static final int NARROWEST = 40;
    private static final int LABELS = 14;

    /** How a line ends that tells how much is left out. */
    static final String MORE = ": --wide";

    private final int width;
    private final boolean color;

    /** @param width columns of the terminal; narrower than 40 is taken as 40 */
    TextColumns(int width, boolean color) {
        this.width = Math.max(width, NARROWEST);
        this.color = color;
    }

    /** A time in whole seconds of UTC. */
    static String time(Instant time) {
        return AvroJson.time(time.truncatedTo(ChronoUnit.SECONDS))
                .replace('T', ' ')
                .replace("Z", "");
    }

    /** The first line of a block. */
    void heading(Severity severity, String badge, String text, Writer out) throws IOException {
        write(badge, SeverityColors.of(severity), text, "", out);
    }

    /** One text. */
    void row(String label, String text, Writer out) throws IOException {
        if (!text.isEmpty()) {
            write("  " + label, SeverityColors.DIM, text, "", out);
        }
    }

    /** Each text on a line of its own. */
    void list(String label, List<String> texts, Writer out) throws IOException {
        String shown = label;
        for (String text : texts) {
            write("  " + shown, SeverityColors.DIM, text, "", out);
            shown = "";
        }
    }

    /** Steps in order; what goes on in a further line is moved in. */
    void numbered(String label, List<String> texts, Writer out) throws IOException {
        String shown = label;
        for (int i = 0; i < texts.size(); i++) {
            // What only says that there is more is no step.
            boolean step = !texts.get(i).endsWith(MORE);
            write("  " + shown, SeverityColors.DIM, texts.get(i), step ? i + 1 + ". " : "", out);
            shown = "";
        }
    }

    /** Text from the first column on. */
    void plain(String text, Writer out) throws IOException {
        for (String line : TextWrap.wrap(text, width)) {
            out.write(line + "\n");
        }
    }

    private void write(String label, String style, String text, String number, Writer out) throws IOException {
        String padded = label + " ".repeat(Math.max(1, LABELS - label.length()));
        String shown = label.strip();
        String start =
                (color && !shown.isEmpty() ? padded.replace(shown, style + shown + SeverityColors.RESET) : padded)
                        + number;
        for (String line : TextWrap.wrap(text, width - LABELS - number.length())) {
            out.write(start + line + "\n");
            start = " ".repeat(LABELS + number.length());
        }
    }
}
