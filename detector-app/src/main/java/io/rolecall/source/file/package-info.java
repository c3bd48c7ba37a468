/** Files to chunks of elements: compressed, in tables and rows, in JSON documents of any size. Nothing else of the sources needs it. */
@NullMarked
package io.rolecall.source.file;

import org.jspecify.annotations.NullMarked;
