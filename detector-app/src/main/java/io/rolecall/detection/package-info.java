/** Pure detections: one file each, functions from the history of a subject to findings. */
@NullMarked
package io.rolecall.detection;

import org.jspecify.annotations.NullMarked;
