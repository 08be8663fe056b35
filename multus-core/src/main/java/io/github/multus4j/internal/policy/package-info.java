/**
 * Calls policies of the user's, which may answer wrongly, throw or hang, and checks each answer.
 */
@NullMarked
package io.github.multus4j.internal.policy;

import org.jspecify.annotations.NullMarked;
