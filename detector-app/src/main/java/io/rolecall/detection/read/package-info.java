/** What the facts mean: grants, credentials, consents, addresses, registration and end of an application, as they held at a moment. */
@NullMarked
package io.rolecall.detection.read;

import org.jspecify.annotations.NullMarked;
