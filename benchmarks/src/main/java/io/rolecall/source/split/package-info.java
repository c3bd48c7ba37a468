/** The one way of the benchmarks to the product's own scanner. */
@NullMarked
package io.rolecall.source.split;

import org.jspecify.annotations.NullMarked;
