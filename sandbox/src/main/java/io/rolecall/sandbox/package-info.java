/** Everything a first look needs: the bundled story and the commands around it. */
@NullMarked
package io.rolecall.sandbox;

import org.jspecify.annotations.NullMarked;
