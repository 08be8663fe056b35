/** The HTTP client of the programs; begin at {@link io.github.multus4j.examples.http.Proxies}. */
@NullMarked
package io.github.multus4j.examples.http;

import org.jspecify.annotations.NullMarked;
