/**
 * Records of the public topics in Confluent's wire format, and the schema registry behind it: anything that speaks the Confluent
 * REST API, or {@code mock://}. Keys are Confluent's; {@code serde.class} swaps in another serde.
 */
@NullMarked
package io.rolecall.registry;

import org.jspecify.annotations.NullMarked;
