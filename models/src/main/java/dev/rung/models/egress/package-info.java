/** The one place where bytes leave the process: every connection of the product is opened here, or refused. */
@NullMarked
package dev.rung.models.egress;

import org.jspecify.annotations.NullMarked;
