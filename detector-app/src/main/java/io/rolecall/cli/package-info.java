/** One small class a command. */
@NullMarked
package io.rolecall.cli;

import org.jspecify.annotations.NullMarked;
