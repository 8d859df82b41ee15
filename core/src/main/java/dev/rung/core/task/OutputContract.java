package dev.rung.core.task;

import dev.rung.core.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What kind of output a task asks for, and which outputs are well-formed. */
public sealed interface OutputContract {
    /**
     * One of a closed set of labels, in the order of the task file.
     *
     * @param descriptions what each label means; empty where the task does not say
     * @param outOfScope the label that says "none of these", if there is one; always among the keys
     * @param unsure what stands in a label's place where the solver does not know; never among the keys, and null where it must always answer
     */
    record Labels(
            SequencedMap<String, String> descriptions,
            @Nullable String outOfScope,
            @Nullable String unsure) implements OutputContract {
        public Labels {
            descriptions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(descriptions));
            if (descriptions.isEmpty()) {
                throw new IllegalArgumentException("a labels task needs labels");
            }
            if (outOfScope != null && !descriptions.containsKey(outOfScope)) {
                throw new IllegalArgumentException("out-of-scope label is not a label: " + outOfScope);
            }
            if (unsure != null && descriptions.containsKey(unsure)) {
                throw new IllegalArgumentException("silence looks like a label: " + unsure);
            }
        }

        /** Labels of a task that must always be answered. */
        public Labels(SequencedMap<String, String> descriptions, @Nullable String outOfScope) {
            this(descriptions, outOfScope, null);
        }
    }

    /** A record that satisfies a JSON Schema (2020-12) whose top is an object. */
    record Fields(Json.Obj schema) implements OutputContract {}

    /** Free text, compared with the expected text. */
    record Text() implements OutputContract {}
}
