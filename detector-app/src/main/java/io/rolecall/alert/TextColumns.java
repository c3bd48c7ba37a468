package io.rolecall.alert;

import io.rolecall.event.AvroJson;
import io.rolecall.policy.Severity;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Labels in a first column and wrapped text beside them. Nothing is written for what is empty. */
public final class TextColumns {

    private static final int NARROWEST = 40;

    /** How a line ends that tells how much is left out. */
    public static final String MORE = ": --wide";

    private final int labels;
    private final int width;
    private final boolean color;

    /**
     * For a terminal.
     *
     * @param labels columns of the labels, the space behind them included
     * @param width columns of the terminal; narrower than 40 is taken as 40
     * @param color whether labels are coloured
     */
    public TextColumns(int labels, int width, boolean color) {
        this.labels = labels;
        this.width = Math.max(width, NARROWEST);
        this.color = color;
    }

    /** A time in whole seconds of UTC. */
    public static String time(Instant time) {
        return AvroJson.time(time.truncatedTo(ChronoUnit.SECONDS))
                .replace('T', ' ')
                .replace("Z", "");
    }

    /** The first line of a block. */
    public void heading(Severity severity, String badge, String text, Writer out) throws IOException {
        heading(SeverityColors.of(severity), badge, text, out);
    }

    /**
     * The first line of a block.
     *
     * @param style of the badge; empty for none
     */
    public void heading(String style, String badge, String text, Writer out) throws IOException {
        write(badge, style, text, "", out);
    }

    /** One text. */
    public void row(String label, String text, Writer out) throws IOException {
        if (!text.isEmpty()) {
            write("  " + label, SeverityColors.DIM, text, "", out);
        }
    }

    /** Each text on a line of its own. */
    public void list(String label, List<String> texts, Writer out) throws IOException {
        String shown = label;
        for (String text : texts) {
            write("  " + shown, SeverityColors.DIM, text, "", out);
            shown = "";
        }
    }

    /** Steps in order; what goes on in a further line is moved in. */
    public void numbered(String label, List<String> texts, Writer out) throws IOException {
        String shown = label;
        for (int i = 0; i < texts.size(); i++) {
            // What only says that there is more is no step.
            boolean step = !texts.get(i).endsWith(MORE);
            write("  " + shown, SeverityColors.DIM, texts.get(i), step ? i + 1 + ". " : "", out);
            shown = "";
        }
    }

    /** Text from the first column on. */
    public void plain(String text, Writer out) throws IOException {
        for (String line : TextWrap.wrap(text, width)) {
            out.write(line + "\n");
        }
    }

    private void write(String label, String style, String text, String number, Writer out) throws IOException {
        String padded = label + " ".repeat(Math.max(1, labels - label.length()));
        String shown = label.strip();
        String start =
                (color && !shown.isEmpty() ? padded.replace(shown, style + shown + SeverityColors.RESET) : padded)
                        + number;
        for (String line : TextWrap.wrap(text, width - labels - number.length())) {
            out.write(start + line + "\n");
            start = " ".repeat(labels + number.length());
        }
    }
}
