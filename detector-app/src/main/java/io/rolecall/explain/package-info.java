/** Tells people why detections fired or did not. */
@NullMarked
package io.rolecall.explain;

import org.jspecify.annotations.NullMarked;
