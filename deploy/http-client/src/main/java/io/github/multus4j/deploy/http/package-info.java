/** The HTTP client of the programs; begin at {@link io.github.multus4j.deploy.http.Proxies}. */
@NullMarked
package io.github.multus4j.deploy.http;

import org.jspecify.annotations.NullMarked;
