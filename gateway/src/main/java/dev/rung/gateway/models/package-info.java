/** The lists of models, in the form of each vendor whose clients ask for them. */
@NullMarked
package dev.rung.gateway.models;

import org.jspecify.annotations.NullMarked;
