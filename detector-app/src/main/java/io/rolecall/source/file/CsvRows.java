package io.rolecall.source.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the rows of a CSV export (RFC 4180, with the habits of spreadsheets and PowerShell) into JSON objects of texts, one a
 * row. Cells may be quoted and hold line breaks; a row may have fewer cells than the header, or more, which get names of their
 * own. A quote that is never closed costs its row only: the reading goes on at the next line.
 */
final class CsvRows {

    private final ByteWindow window;
    private final ChunkWriter writer;
    private final RowText json = new RowText();
    private final List<byte[]> header = new ArrayList<>();
    private byte separator = ',';

    CsvRows(ByteWindow window, ChunkWriter writer) {
        this.window = window;
        this.writer = writer;
    }

    /** Reads to the end of the stream. */
    void read() throws IOException {
        while (nextRow()) {
            int line = window.line;
            if (header.isEmpty()) {
                separator = separator();
            }
            if (!row(line)) {
                brokenRow(line);
            }
        }
        writer.flush();
    }

    /** Goes to the next row that is not blank and, before the header, not PowerShell's type line. */
    private boolean nextRow() throws IOException {
        while (true) {
            int next = window.peek();
            window.markHere();
            if (next < 0) {
                return false;
            }
            if (next == '\n') {
                window.line++;
                window.at++;
            } else if (next == '\r') {
                window.at++;
            } else if (next == '#' && header.isEmpty()) {
                skipLine();
            } else {
                return true;
            }
        }
    }

    /** Reads one row; false when a quote is not closed within the bound. */
    private boolean row(int line) throws IOException {
        List<byte[]> cells = new ArrayList<>(Math.max(8, header.size()));
        json.clear();
        int rowLine = window.line;
        boolean more = true;
        while (more) {
            json.startText();
            if (window.peek() == '"' ? !quoted() : !plain()) {
                window.line = rowLine;
                return false;
            }
            cells.add(json.text());
            more = window.peek() == separator;
            if (more) {
                window.at++;
            }
        }
        lineBreak();
        if (header.isEmpty()) {
            header.addAll(cells);
        } else {
            emit(cells, line);
        }
        return true;
    }

    private void emit(List<byte[]> cells, int line) {
        json.clear();
        json.raw('{');
        for (int i = 0; i < cells.size(); i++) {
            json.raw(i == 0 ? '"' : ',');
            if (i > 0) {
                json.raw('"');
            }
            json.escaped(i < header.size() ? header.get(i) : ("column " + (i + 1)).getBytes(StandardCharsets.UTF_8));
            json.raw('"');
            json.raw(':');
            json.raw('"');
            json.escaped(cells.get(i));
            json.raw('"');
        }
        json.raw('}');
        writer.addLine(json.bytes(), 0, json.size(), line);
    }

    private boolean quoted() throws IOException {
        window.at++;
        while (true) {
            int next = window.peek();
            if (next < 0 || window.outgrown()) {
                return false;
            }
            window.at++;
            if (next == '"') {
                if (window.peek() != '"') {
                    return plain();
                }
                window.at++;
            } else if (next == '\n') {
                window.line++;
            }
            json.raw(next);
        }
    }

    private boolean plain() throws IOException {
        while (true) {
            int next = window.peek();
            if (next < 0 || next == separator || next == '\n') {
                return true;
            }
            if (window.outgrown()) {
                return false;
            }
            window.at++;
            if (next != '\r' || (window.peek() != '\n' && window.peek() >= 0)) {
                json.raw(next);
            }
        }
    }

    private void lineBreak() throws IOException {
        if (window.peek() == '\n') {
            window.at++;
            window.line++;
        }
    }

    /** Hands the first line of a row that cannot be read to the decoder, which rejects it; goes on at the next line. */
    private void brokenRow(int line) throws IOException {
        boolean outgrown = window.outgrown();
        byte[] head = outgrown ? window.head() : window.marked();
        int lineEnd = 0;
        while (lineEnd < head.length && head[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd < head.length && window.mayRescan()) {
            window.rewind(window.mark + lineEnd + 1, line + 1);
        } else {
            skipLine();
        }
        writer.addAlone(head, 0, lineEnd, line, 0);
    }

    private void skipLine() throws IOException {
        for (int next = window.peek(); next >= 0; next = window.peek()) {
            window.at++;
            window.markHere();
            if (next == '\n') {
                window.line++;
                return;
            }
        }
    }

    /** The separator of the header line: a comma, or where it holds none a semicolon or a tab. */
    private byte separator() throws IOException {
        int lineEnd = window.lineEnd();
        int stop = lineEnd < 0 ? window.end : lineEnd;
        byte found = ',';
        for (int i = window.at; i < stop; i++) {
            byte next = window.buffer[i];
            if (next == ',') {
                return next;
            }
            if (found == ',' && (next == ';' || next == '\t')) {
                found = next;
            }
        }
        return found;
    }
}
