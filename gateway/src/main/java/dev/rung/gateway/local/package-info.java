/** Models in this process as upstreams: what they are asked, in lines of bounded length, and what they say. */
@NullMarked
package dev.rung.gateway.local;

import org.jspecify.annotations.NullMarked;
