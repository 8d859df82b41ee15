package dev.rung.core;

import java.io.Serial;

/**
 * A failure that a user can do something about; its message says what was found, what was expected and what to do.
 *
 * <p>Expected outcomes (a bar that is missed, evidence that does not suffice) are values, never exceptions.
 */
public abstract sealed class RungException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String code;

    private RungException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    private RungException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns the stable code of this kind of failure, such as {@code RUNG-INPUT}. */
    public final String code() {
        return code;
    }

    /** Input that cannot be used: a file, a key, an argument or a request. */
    public static final class WrongInput extends RungException {
        @Serial
        private static final long serialVersionUID = 1;

        public WrongInput(String message) {
            super("RUNG-INPUT", message);
        }

        public WrongInput(String message, Throwable cause) {
            super("RUNG-INPUT", message, cause);
        }

        /** Returns the error at {@code where} (such as {@code task.yaml:7: bar.accuracy}). */
        public static WrongInput at(String where, String found, String expected, String remedy) {
            return new WrongInput(where + ": found " + found + ", expected " + expected + ". " + remedy);
        }
    }

    /** A part that is needed and not there: a model, a native library, a key, a server. */
    public static final class Unavailable extends RungException {
        @Serial
        private static final long serialVersionUID = 1;

        public Unavailable(String message) {
            super("RUNG-UNAVAILABLE", message);
        }

        public Unavailable(String message, Throwable cause) {
            super("RUNG-UNAVAILABLE", message, cause);
        }
    }

    /** A call that the task's {@code data:} rule does not allow to leave. */
    public static final class Forbidden extends RungException {
        @Serial
        private static final long serialVersionUID = 1;

        public Forbidden(String message) {
            super("RUNG-FORBIDDEN", message);
        }
    }

    /** A file whose content is not what its recorded hash or format says. */
    public static final class Corrupt extends RungException {
        @Serial
        private static final long serialVersionUID = 1;

        public Corrupt(String message) {
            super("RUNG-CORRUPT", message);
        }

        public Corrupt(String message, Throwable cause) {
            super("RUNG-CORRUPT", message, cause);
        }
    }

    /** A model call or a request that failed after everything reasonable was tried. */
    public static final class Failed extends RungException {
        @Serial
        private static final long serialVersionUID = 1;

        private final boolean lasting;

        public Failed(String message) {
            super("RUNG-FAILED", message);
            this.lasting = false;
        }

        public Failed(String message, Throwable cause) {
            super("RUNG-FAILED", message, cause);
            this.lasting = false;
        }

        private Failed(String message, boolean lasting) {
            super("RUNG-FAILED", message);
            this.lasting = lasting;
        }

        /** Returns the failure of a model that did answer, but not usably: the same call would end the same way again. */
        public static Failed lasting(String message) {
            return new Failed(message, true);
        }

        /** Tells whether the same call would end the same way again, so that the failure may be kept like an answer. */
        public boolean lasts() {
            return lasting;
        }
    }
}
