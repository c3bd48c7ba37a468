package io.rolecall.detection.memory;

/**
 * What the memory says to a question.
 *
 * @param state yes, no, or that it cannot know
 * @param because why, in a sentence with the values that decided
 */
public record MemoryAnswer(State state, String because) {

    /** The three answers. */
    public enum State {
        YES,
        NO,
        /** What would decide is not kept, or not watched for long enough. A finding must not stand on it. */
        UNKNOWN
    }

    static MemoryAnswer yes(String because) {
        return new MemoryAnswer(State.YES, because);
    }

    static MemoryAnswer no(String because) {
        return new MemoryAnswer(State.NO, because);
    }

    static MemoryAnswer unknown(String because) {
        return new MemoryAnswer(State.UNKNOWN, because);
    }

    public boolean isYes() {
        return state == State.YES;
    }
}
