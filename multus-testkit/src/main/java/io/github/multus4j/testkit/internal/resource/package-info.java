/** The effect of each call on the state, and its rules; one class for each kind of resource. */
@NullMarked
package io.github.multus4j.testkit.internal.resource;

import org.jspecify.annotations.NullMarked;
