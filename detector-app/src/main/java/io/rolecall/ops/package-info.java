/**
 * What an operator sees of the running service: health, metrics and facts about it over read-only HTTP, and the log's form. Nothing
 * here changes what the service does.
 */
@NullMarked
package io.rolecall.ops;

import org.jspecify.annotations.NullMarked;
