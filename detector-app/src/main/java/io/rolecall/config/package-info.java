/** Typed configuration; the only place that reads configuration. */
@NullMarked
package io.rolecall.config;

import org.jspecify.annotations.NullMarked;
