/** Violations of the architecture, planted to try its rules. */
@NullMarked
package io.rolecall.planted.source.file;

import org.jspecify.annotations.NullMarked;
