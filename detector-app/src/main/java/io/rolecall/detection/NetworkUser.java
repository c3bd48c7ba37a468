package io.rolecall.detection;

import java.time.Instant;

/**
 * A person who used an application from a network.
 *
 * @param user key of the person, lower case: user principal name, else object id
 * @param since event time of the earliest use
 */
public record NetworkUser(String user, Instant since) {}
