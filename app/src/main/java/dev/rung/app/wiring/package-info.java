/** Where the parts are put together, in constructors and plain methods. */
@NullMarked
package dev.rung.app.wiring;

import org.jspecify.annotations.NullMarked;
