/**
 * The price book: absolute, dated prices of many providers' models, and how to read what was used out of their replies.
 *
 * <p>Pure: files are read elsewhere. What a book does not know is unknown, never zero.
 */
@NullMarked
package dev.rung.core.economics.book;

import org.jspecify.annotations.NullMarked;
