/** An HTTP server for programs on this machine. It knows nothing of EC2. */
@NullMarked
package io.github.multus4j.testkit.internal.http;

import org.jspecify.annotations.NullMarked;
