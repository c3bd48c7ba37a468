/** Violations of the architecture, planted to try its rules. */
@NullMarked
package io.rolecall.planted.right;

import org.jspecify.annotations.NullMarked;
