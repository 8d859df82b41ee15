/** The shelf: the models that a task may use here, ready to be asked. */
@NullMarked
package dev.rung.models;

import org.jspecify.annotations.NullMarked;
