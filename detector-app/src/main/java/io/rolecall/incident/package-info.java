/** From the final alerts of a group to its incident: pure, and independent of any order. */
@NullMarked
package io.rolecall.incident;

import org.jspecify.annotations.NullMarked;
