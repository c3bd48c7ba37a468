package io.rolecall.detection;

/**
 * The history of a person: what they did, their own consents too, as far as a detection of actors reads it. Their use of mail and
 * files and their sign-ins are not among it; from where they acted is asked of {@link DetectionInput#addressOf}.
 */
public interface ActorHistory extends SubjectHistory {}
