/**
 * HTTP/1.1 in front of the gateway's endpoints: what arrives, what goes out, and the limits on both.
 *
 * <p>The server's own types stay inside this package.
 */
@NullMarked
package dev.rung.gateway.http;

import org.jspecify.annotations.NullMarked;
