/** The one way of the benchmarks to the product's own scanner. */
@NullMarked
package io.rolecall.source;

import org.jspecify.annotations.NullMarked;
