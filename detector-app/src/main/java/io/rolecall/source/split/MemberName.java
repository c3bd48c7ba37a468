package io.rolecall.source.split;

/** The first-level names of an object that decide what it is; any letter case. */
enum MemberName {
    /** {@code operationName} to the letter, {@code operation} or {@code activityDisplayName}: the object is an event of it. */
    OPERATION,
    /** {@code operationName} in another case: an {@code OperationNameValue} elsewhere in the object overrides it. */
    OPERATION_NAME_IN_OTHER_CASE,
    /** {@code operationNameValue}. */
    OPERATION_NAME_VALUE,
    /** {@code records} or {@code value}: holds elements when it is an array. */
    BATCH,
    /** {@code tables}: holds tables when it is an array. */
    TABLES,
    /** {@code columns} of a table. */
    COLUMNS,
    /** {@code rows} of a table. */
    ROWS,
    OTHER;

    private static final String CAMEL_CASE = "operationName";

    /**
     * What a name is.
     *
     * @param bytes holds the name, without quotes and without escapes
     * @param from first byte of the name
     * @param to after its last byte
     */
    static MemberName of(byte[] bytes, int from, int to) {
        return switch (to - from) {
            case 4 -> is("rows", bytes, from) ? ROWS : OTHER;
            case 5 -> is("value", bytes, from) ? BATCH : OTHER;
            case 6 -> is("tables", bytes, from) ? TABLES : OTHER;
            case 7 -> is("records", bytes, from) ? BATCH : is("columns", bytes, from) ? COLUMNS : OTHER;
            case 9 -> is("operation", bytes, from) ? OPERATION : OTHER;
            case 13 -> operationName(bytes, from);
            case 18 -> is("operationnamevalue", bytes, from) ? OPERATION_NAME_VALUE : OTHER;
            case 19 -> is("activitydisplayname", bytes, from) ? OPERATION : OTHER;
            default -> OTHER;
        };
    }

    private static MemberName operationName(byte[] bytes, int from) {
        if (!is("operationname", bytes, from)) {
            return OTHER;
        }
        for (int i = 0; i < CAMEL_CASE.length(); i++) {
            if (bytes[from + i] != CAMEL_CASE.charAt(i)) {
                return OPERATION_NAME_IN_OTHER_CASE;
            }
        }
        return OPERATION;
    }

    private static boolean is(String lowerCase, byte[] bytes, int from) {
        for (int i = 0; i < lowerCase.length(); i++) {
            byte c = bytes[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
