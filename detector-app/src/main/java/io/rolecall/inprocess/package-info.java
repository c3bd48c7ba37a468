/** The very topology of the service, driven in this process over files: without a broker, on state that ends with the run. */
@NullMarked
package io.rolecall.inprocess;

import org.jspecify.annotations.NullMarked;
