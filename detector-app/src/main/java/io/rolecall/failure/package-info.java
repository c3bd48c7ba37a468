/** What may go wrong between the program and its broker, its registry and its disk, in words, with what mends it. */
@NullMarked
package io.rolecall.failure;

import org.jspecify.annotations.NullMarked;
