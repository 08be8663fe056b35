/** The state of the fake: everything that was made, and how listings show it after a lag. */
@NullMarked
package io.github.multus4j.testkit.internal.state;

import org.jspecify.annotations.NullMarked;
