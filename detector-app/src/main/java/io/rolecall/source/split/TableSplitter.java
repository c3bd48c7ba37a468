package io.rolecall.source.split;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Takes the tables of a Log Analytics query answer apart: each row becomes one element whose names are the columns'. Its methods
 * take the index of a value's first byte and return the index after the value, or {@link JsonScanner#BROKEN}.
 */
final class TableSplitter {

    private static final int NOWHERE = -1;
    private static final TableColumns NO_COLUMNS = new TableColumns(List.of(), -1);

    private final ElementReader elements;
    private final JsonScanner scanner;
    private final ObjectProbe probe;
    private final BatchSplitter batches;
    private final BatchSplitter.Member row = this::row;
    private final ElementReader.Parsed parsedRow = this::parsedRow;

    private TableColumns columns = NO_COLUMNS;
    private boolean columnsKnown;
    private int rowsAt;
    private int position;

    TableSplitter(ElementReader elements, ObjectProbe probe, BatchSplitter batches) {
        this.elements = elements;
        this.scanner = elements.scanner();
        this.probe = probe;
        this.batches = batches;
    }

    /** One table; anything else in its place is an element like any other. */
    int table(int at, int nesting) {
        TableColumns around = columns;
        if (scanner.at(at) != '{' || !locate(at)) {
            columns = around;
            return batches.value(at, nesting, false);
        }
        int end = batches.array(rowsAt, nesting, row);
        columns = around;
        return end < 0 ? end : batches.restOfBatch(end, nesting);
    }

    /** Finds the columns and the rows of a table, in either order. */
    private boolean locate(int brace) {
        columnsKnown = false;
        rowsAt = NOWHERE;
        int i = scanner.skipSpace(brace + 1);
        while (scanner.at(i) == '"') {
            int afterName = scanner.endOfString(i);
            if (afterName < 0) {
                return false;
            }
            MemberName name = probe.name(elements.bytes(), i, afterName);
            int colon = scanner.skipSpace(afterName);
            if (scanner.at(colon) != ':') {
                return false;
            }
            int value = scanner.skipSpace(colon + 1);
            if (name == MemberName.ROWS && rowsAt == NOWHERE && scanner.at(value) == '[') {
                rowsAt = value;
            }
            if (rowsAt != NOWHERE && columnsKnown) {
                return true;
            }
            int end = scanner.endOfValue(value, 1);
            if (end < 0) {
                return false;
            }
            if (name == MemberName.COLUMNS && !columnsKnown) {
                columns = TableColumns.of(elements.tree(value, end));
                columnsKnown = true;
            }
            i = scanner.skipSpace(end);
            if (scanner.at(i) != ',') {
                break;
            }
            i = scanner.skipSpace(i + 1);
        }
        return rowsAt != NOWHERE && columnsKnown;
    }

    private int row(int at, int nesting) {
        if (scanner.at(at) != '[') {
            return batches.value(at, nesting, false);
        }
        scanner.beginValue();
        boolean unneeded = isUnneeded(at);
        int end = position < 0 ? JsonScanner.BROKEN : probe.endOfRow(position, unneeded);
        if (!unneeded || end < 0) {
            return elements.parse(at, end, parsedRow);
        }
        elements.unneeded();
        return end;
    }

    private void parsedRow(JsonNode cells, int from, int to) {
        elements.emit(columns.element(cells), from, to);
    }

    /** Looks at the cell of the operation; leaves the place reached in {@link #position}. */
    private boolean isUnneeded(int bracket) {
        position = bracket + 1;
        for (int column = 0; column <= columns.operation(); column++) {
            position = scanner.skipSpace(position);
            if (column == columns.operation()) {
                return probe.operation(elements.bytes(), position) == ObjectProbe.Finding.UNNEEDED;
            }
            int end = probe.endOfValue(position, true);
            if (end < 0) {
                position = end;
                return false;
            }
            int comma = scanner.skipSpace(end);
            if (scanner.at(comma) != ',') {
                position = end;
                return false;
            }
            position = comma + 1;
        }
        return false;
    }
}
