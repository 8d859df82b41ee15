package dev.rung.gateway.policy;

import dev.rung.core.economics.Price;
import dev.rung.core.model.Usage;
import dev.rung.gateway.http.Bytes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call went, told once when it is over.
 *
 * @param target that answered, or that was asked last; null when none was
 * @param tried the names of the deployments that were asked, in order, one for each attempt; a retry repeats its name
 * @param status that the caller gets
 * @param error the stable code of the error that the caller gets; null for a success
 * @param firstByte from the arrival of the request until the first byte of the answer; null when there was none
 * @param total from the arrival until now
 * @param reply what the caller gets, whole; null unless {@link Grant#wantsReply} and it ended well within the bound on kept replies
 * @param contentType of the reply
 */
public record Settlement(
        @Nullable Target target,
        List<String> tried,
        int status,
        @Nullable String error,
        End end,
        Use use,
        @Nullable Duration firstByte,
        Duration total,
        @Nullable Bytes reply,
        @Nullable String contentType) {
    public Settlement {
        tried = List.copyOf(tried);
    }

    /** How the call ended. */
    public enum End {
        /** The answer is whole. */
        COMPLETE,
        /** The upstream broke off, fell silent or reported an error after the first byte. */
        BROKEN_OFF,
        /** The caller left; the upstream was cut off. */
        CALLER_GONE,
        /** No upstream gave an answer, or the call was refused. */
        FAILED
    }

    /** What was used, hence what is to be paid. */
    public sealed interface Use {
        /** Nothing at all. */
        record Nothing() implements Use {}

        /**
         * What the upstream itself said, as far as it came.
         *
         * @param model the model that the upstream names in its answer; null when it names none
         * @param usage the JSON texts of its usage records in the order in which they came; more than one only in streams, where later ones complete or
         *     replace earlier ones as the dialect has it. Empty when the upstream said nothing, or was cut off before it could
         * @param events how many events with content a stream had; 0 for an answer in one piece
         * @param bytes how many bytes of answer came
         */
        record Reported(@Nullable String model, List<String> usage, long events, long bytes) implements Use {
            public Reported {
                usage = List.copyOf(usage);
            }
        }

        /**
         * What a promoted release or a model in this process used, priced by itself.
         *
         * @param abstained whether the answer of a release was that it does not know
         */
        record Priced(Usage usage, Price price, boolean abstained) implements Use {}
    }
}
