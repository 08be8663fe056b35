/** From what is there and what is wanted to a plan, or to findings: no clock, no I/O, no surprises. */
@NullMarked
package io.github.multus4j.plan;

import org.jspecify.annotations.NullMarked;
