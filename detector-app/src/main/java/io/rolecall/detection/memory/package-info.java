/** What is remembered of a subject for baselines: what detections declare, ask and are answered. How it is stored is not its business. */
@NullMarked
package io.rolecall.detection.memory;

import org.jspecify.annotations.NullMarked;
