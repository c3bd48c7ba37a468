/** Envelopes (split, unwrap), one decoder a log source, and the early rejection of what no detection needs. */
@NullMarked
package io.rolecall.source;

import org.jspecify.annotations.NullMarked;
