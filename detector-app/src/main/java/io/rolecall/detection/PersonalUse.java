package io.rolecall.detection;

import io.rolecall.schema.AppEvent;
import java.time.Instant;

/**
 * What one person did on one UTC day with one application from one address: sign-ins that are equal in log, kind, country,
 * autonomous system, protocol and incoming token, or reads of mail or of files.
 *
 * @param first the earliest event; of several at one time the one with the smallest id
 * @param last event time of the latest one; not before that of the first
 */
public record PersonalUse(AppEvent first, Instant last) {}
