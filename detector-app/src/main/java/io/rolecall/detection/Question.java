package io.rolecall.detection;

import io.rolecall.event.Subject;

/**
 * What an act asks of another subject.
 *
 * @param kind what is asked
 * @param askedOf who knows it, as the act names it: an application by its App ID, else by the object id of its service principal
 * @param about what it is about beside that subject; empty for a kind that needs nothing more
 */
public record Question(QuestionKind kind, Subject askedOf, String about) {

    /** Most different questions of the acts of one finding that are looked at; those of the earliest acts. */
    public static final int MOST_A_FINDING = 16;
}
