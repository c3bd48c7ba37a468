/** The one way of the benchmarks to the product's state stores. */
@NullMarked
package io.rolecall.state;

import org.jspecify.annotations.NullMarked;
