package io.rolecall.acts;

import java.time.Instant;
import java.util.Optional;

/**
 * An event as one log has it, with the event by which the other log tells the same act.
 *
 * @param log the log that has it
 * @param time when the act was done
 * @param json the event
 * @param inOtherLog the other log's event; empty when no other log has the act, or when the line says where it is logged
 */
public record LoggedEvent(Log log, Instant time, String json, Optional<LoggedEvent> inOtherLog) {}
