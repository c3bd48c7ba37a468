/** The detections, one file each. */
@NullMarked
package io.rolecall.detection.rule;

import org.jspecify.annotations.NullMarked;
