/** A fake EC2 that is as strict as EC2, its HTTP endpoint, fault injection and contracts. */
@NullMarked
package io.github.multus4j.testkit;

import org.jspecify.annotations.NullMarked;
