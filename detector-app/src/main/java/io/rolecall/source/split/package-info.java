/** Bytes to elements: finds where elements begin and end, what they are named, and what is broken. It knows no event yet. */
@NullMarked
package io.rolecall.source.split;

import org.jspecify.annotations.NullMarked;
