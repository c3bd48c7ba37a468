package io.rolecall.alert;

/**
 * What was done, apart from who did it.
 *
 * @param past verb in the past tense, for what succeeded
 * @param infinitive the same verb, for what failed
 * @param object the rest of the sentence
 */
record Phrase(String past, String infinitive, String object) {

    Phrase about(String name) {
        return new Phrase(past, infinitive, object + name);
    }

    String sentence(String who, String outcome) {
        String did = outcome.equals("failure") ? " failed to " + infinitive : " " + past;
        return (who + did + " " + object).strip();
    }
}
