/** The normalised event: operation names, acts, subjects, merging of copies, JSON. */
@NullMarked
package io.rolecall.event;

import org.jspecify.annotations.NullMarked;
