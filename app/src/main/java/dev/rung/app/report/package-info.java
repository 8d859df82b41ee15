/** The report of a climb: one HTML file that explains the decision to people. */
@NullMarked
package dev.rung.app.report;

import org.jspecify.annotations.NullMarked;
