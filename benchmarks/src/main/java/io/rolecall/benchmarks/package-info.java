/** How fast and how small: programs that measure the product against a floor of the same run. Not part of the product. */
@NullMarked
package io.rolecall.benchmarks;

import org.jspecify.annotations.NullMarked;
