package io.rolecall.source.split;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table.
 *
 * @param names names in the order of a row's cells; a column without a name has an empty one
 * @param operation index of the column that holds the operation, chosen as {@link ObjectProbe} does; -1 for none
 */
record TableColumns(List<String> names, int operation) {

    /** Reads {@code [{"name":..,"type":..},..]}, or Kusto's {@code [{"ColumnName":..},..]}. */
    static TableColumns of(JsonNode columns) {
        List<String> names = new ArrayList<>();
        for (JsonNode column : columns) {
            names.add(column.path("name").asText(column.path("ColumnName").asText("")));
        }
        return new TableColumns(List.copyOf(names), operation(names));
    }

    private static int operation(List<String> names) {
        int operationName = -1;
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
            MemberName kind = MemberName.of(name, 0, name.length);
            boolean first = operationName < 0;
            if (kind == MemberName.OPERATION_NAME_VALUE || (first && kind == MemberName.OPERATION)) {
                return i;
            }
            if (first && kind == MemberName.OPERATION_NAME_IN_OTHER_CASE) {
                operationName = i;
            }
        }
        return operationName;
    }

    /** The element that a row stands for. Of equal columns the first counts; cells without a column are left out. */
    ObjectNode element(JsonNode row) {
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < Math.min(names.size(), row.size()); i++) {
            element.putIfAbsent(names.get(i), row.get(i));
        }
        return element;
    }
}
