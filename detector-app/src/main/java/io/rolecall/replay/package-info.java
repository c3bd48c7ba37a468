/** Judges history again and compares the answers. */
@NullMarked
package io.rolecall.replay;

import org.jspecify.annotations.NullMarked;
