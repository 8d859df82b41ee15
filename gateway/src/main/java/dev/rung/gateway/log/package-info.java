/** What is written down about each request. */
@NullMarked
package dev.rung.gateway.log;

import org.jspecify.annotations.NullMarked;
