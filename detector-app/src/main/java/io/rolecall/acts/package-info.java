/**
 * Makers of events: an act is told once and written as each log shows it, with the keys and quirks of captured events. The story, the
 * scenario files and the tests all use these makers and no others.
 */
@NullMarked
package io.rolecall.acts;

import org.jspecify.annotations.NullMarked;
