/** The service: the detector as a Kafka Streams application that is started, watched and ended. */
@NullMarked
package io.rolecall.service;

import org.jspecify.annotations.NullMarked;
