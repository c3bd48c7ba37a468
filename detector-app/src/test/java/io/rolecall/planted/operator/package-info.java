/** Violations of the architecture, planted to try its rules. */
@NullMarked
package io.rolecall.planted.operator;

import org.jspecify.annotations.NullMarked;
