/** The gateway's configuration file: upstreams, models and limits; as written, then resolved. */
@NullMarked
package dev.rung.gateway.config;

import org.jspecify.annotations.NullMarked;
