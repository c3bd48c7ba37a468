/** The Kafka Streams topology, its processors, serdes and state facades; the only package that knows Kafka Streams. */
@NullMarked
package io.rolecall.topology;

import org.jspecify.annotations.NullMarked;
