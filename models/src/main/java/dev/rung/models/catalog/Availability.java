package dev.rung.models.catalog;

import dev.rung.core.model.Residency;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/** Whether a model can be used here and now, and if not, why. */
public sealed interface Availability {
    /** It can. */
    record Usable() implements Availability {}

    /** It cannot. */
    sealed interface Unusable extends Availability {
        /** Returns why, and what to do about it. */
        String reason();
    }

    /** Its weights have not been fetched. */
    record NotPulled(String id, long bytes) implements Unusable {
        @Override
        public String reason() {
            return "not pulled: rung models pull " + id + " (" + Math.max(1, bytes / 1_000_000) + " MB)";
        }
    }

    /** The user's own file is not there. */
    record NoFile(Path file) implements Unusable {
        @Override
        public String reason() {
            return "no file " + file;
        }
    }

    /** The environment variable with its key is not set. */
    record NoKey(String variable) implements Unusable {
        @Override
        public String reason() {
            return "no key: set " + variable;
        }
    }

    /** Its provider has switched it off. */
    record Retired(LocalDate day) implements Unusable {
        @Override
        public String reason() {
            return "retired on " + day;
        }
    }

    /** The task's data must not go where it runs. */
    record NotPermitted(Residency rule, Residency place) implements Unusable {
        @Override
        public String reason() {
            return "the task says data: " + key(rule) + ", and it runs " + key(place);
        }

        private static String key(Residency residency) {
            return residency.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The native library that runs it cannot be used on this machine. */
    record NoEngine(String why) implements Unusable {
        @Override
        public String reason() {
            return why;
        }
    }
}
