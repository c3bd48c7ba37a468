package io.rolecall.registry;

import org.apache.avro.Schema;

/**
 * A schema as a registry knows it.
 *
 * @param id what stands in the header of values written with it
 * @param schema what values are written with
 */
record RegisteredSchema(int id, Schema schema) {}
