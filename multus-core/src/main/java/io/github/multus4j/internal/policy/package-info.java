/** Calls users' policies, which may return wrong results, throw or hang, and checks each result. */
@NullMarked
package io.github.multus4j.internal.policy;

import org.jspecify.annotations.NullMarked;
