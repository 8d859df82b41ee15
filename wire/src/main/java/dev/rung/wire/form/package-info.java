/** The one form between the dialects: a conversation, a reply, the events of a stream, usage and errors, and what it takes to read and write them. */
@NullMarked
package dev.rung.wire.form;

import org.jspecify.annotations.NullMarked;
