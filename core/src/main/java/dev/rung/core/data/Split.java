package dev.rung.core.data;

import java.util.Locale;

/** What an example may be used for. */
public enum Split {
    /** To learn from, and to show as demonstrations. */
    TRAIN,
    /** To search on: every choice between candidates of a rung. */
    TUNE,
    /** To set thresholds and temperatures. */
    CALIBRATE,
    /** To certify; opened only through {@link SealedExamples}, which counts. */
    SEALED;

    /** Returns the name that task files use. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
