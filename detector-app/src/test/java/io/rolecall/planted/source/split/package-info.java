/** Violations of the architecture, planted to try its rules. */
@NullMarked
package io.rolecall.planted.source.split;

import org.jspecify.annotations.NullMarked;
