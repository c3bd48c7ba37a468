/** The standing audit: what is known of every application, and what is wrong with how it is set up. */
@NullMarked
package io.rolecall.audit;

import org.jspecify.annotations.NullMarked;
