package io.rolecall.topology;

import io.rolecall.source.split.Reason;

/** What to do about what goes into the quarantine, as the log says it and docs/operations.md lists it. */
final class QuarantineRemedies {

    /** Stages whose elements are no events of a log, but records of a topic that this program writes itself. */
    static final String NETWORKS = "networks";

    static final String IMPORT = "import";
    static final String HISTORY = "history";

    private QuarantineRemedies() {}

    /**
     * What mends it, in sentences.
     *
     * @param reason why the element went there
     * @param stage where in the topology, as the quarantine's header names it
     */
    static String of(Reason reason, String stage) {
        boolean ofTheElement = reason == Reason.LATE || reason == Reason.PROCESSING_ERROR;
        return ofTheElement ? of(reason) : ofStage(reason, stage);
    }

    private static String ofStage(Reason reason, String stage) {
        return switch (stage) {
            case NETWORKS ->
                "The table keeps what it had. Overwrite the record under its key with 'rolecall networks import', or take it out"
                        + " with 'rolecall networks remove'";
            case IMPORT ->
                "Something else than 'rolecall inventory import' wrote to the topic of the inventory. Stop it, and import again"
                        + " what it was to bring";
            case HISTORY ->
                "Another program writes to the topic of the facts. Stop it: 'rolecall topics print' lists who may write where";
            default -> of(reason);
        };
    }

    private static String of(Reason reason) {
        return switch (reason) {
            case INVALID_JSON ->
                "What sends to this topic writes what is no JSON. Look at the record at this position, and mend the sender";
            case TRUNCATED ->
                "The sender cuts long records, or a workspace or spreadsheet a column that holds JSON. Have it sent whole";
            case TOO_DEEP ->
                "It is nested deeper than any known log. Have it sent as the log delivers it, without wrappers";
            case TOO_LARGE ->
                "It is larger than what is read. Have events sent singly or in smaller batches, or another log sent elsewhere";
            case NOT_AN_EVENT ->
                "It is no event of a log that is read. Send other logs to other topics; of an event, send all fields as delivered";
            case MISSING_TIME -> "The sender leaves out the time of the event. Have it sent as the log delivers it";
            case BAD_TIME ->
                "The sender writes times in a form of its own. Have them sent as the log delivers them, ISO-8601 in UTC";
            case FUTURE ->
                "A clock or a time zone of the sender is wrong, or that of the broker. Set it right; 'max-future'"
                        + " (ROLECALL_MAX_FUTURE) is how far ahead is taken";
            case LATE ->
                "It was not evaluated: it lies further back than the history reaches, which is the largest window of the policy"
                        + " and 'lateness'. A larger lateness (ROLECALL_LATENESS, at most 365d) takes what comes from then on, for"
                        + " that many more days of facts on disk and in the changelog of the store history; 'rolecall scan'"
                        + " evaluates files of any age";
            case NO_IDENTITY ->
                "The sender leaves out or masks who acted and on what. Have it sent as the log delivers it";
            case PROCESSING_ERROR ->
                "This is a defect of this program, everything else goes on. Report it with the frames, if there are any, and with the"
                        + " element, anonymised";
        };
    }
}
