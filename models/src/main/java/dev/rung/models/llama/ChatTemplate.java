package dev.rung.models.llama;

import dev.rung.core.model.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a model wants a conversation laid out.
 *
 * <p>The template is applied to place holders, then cut at them. What stands between is the template's own text, in which control tokens mean
 * themselves; messages are tokenised with control tokens switched off. Ordinary text of the template that touches a message is tokenised together with
 * it, so that the tokens of harmless messages are exactly those of the whole text. Thread-safe.
 */
final class ChatTemplate {
    // Two characters of a private use area around the message's number.
    private static final String OPEN = "\uE000";
    private static final String CLOSE = "\uE001";

    private final String text;
    private final boolean modelsOwn;
    private final Vocabulary vocabulary;
    private final int endOfAnswer;

    private ChatTemplate(String text, boolean modelsOwn, Vocabulary vocabulary, int endOfAnswer) {
        this.text = text;
        this.modelsOwn = modelsOwn;
        this.vocabulary = vocabulary;
        this.endOfAnswer = endOfAnswer;
    }

    /** Returns the template, or the plain layout when there is none or llama.cpp does not know it. */
    static ChatTemplate of(Optional<String> template, Vocabulary vocabulary) {
        String[] roles = {"system", "user", "assistant", "user"};
        Optional<List<String>> parts = template.flatMap(t -> parts(t, roles));
        if (parts.isPresent()) {
            String afterAnswer = parts.get().get(3);
            return new ChatTemplate(template.orElseThrow(), true, vocabulary, endOfTurn(afterAnswer, vocabulary));
        }
        // Models without turns end an answer with the line.
        int[] newLine = vocabulary.tokens("\n");
        int end = newLine.length == 0 ? vocabulary.endOfText() : newLine[newLine.length - 1];
        return new ChatTemplate("", false, vocabulary, end);
    }

    // What the template puts after an answer; vocabularies also name an end of turn, but not always the one their
    // template uses.
    private static int endOfTurn(String afterAnswer, Vocabulary vocabulary) {
        return Arrays.stream(vocabulary.tokensWithControl(afterAnswer.strip()))
                .limit(1)
                .filter(token -> vocabulary.isControl(token) || vocabulary.isEnd(token))
                .findFirst()
                .orElse(vocabulary.endOfText());
    }

    /** Returns whether the model's own template is used, and not the plain layout. */
    boolean isModelsOwn() {
        return modelsOwn;
    }

    /** Returns the token that ends an answer. */
    int endOfAnswer() {
        return endOfAnswer;
    }

    int[] tokens(List<Message> messages) {
        String[] roles = messages.stream().map(m -> role(m.role())).toArray(String[]::new);
        List<String> own = modelsOwn ? parts(text, roles).orElseGet(() -> plain(roles)) : plain(roles);
        IntStream.Builder all = IntStream.builder();
        if (vocabulary.begin() >= 0) {
            all.add(vocabulary.begin());
        }
        StringBuilder ordinary = new StringBuilder();
        for (int i = 0; i <= messages.size(); i++) {
            ownTokens(own.get(i), ordinary, all);
            if (i < messages.size()) {
                ordinary.append(messages.get(i).text());
            }
        }
        flush(ordinary, all);
        return withoutDoubleBegin(all.build().toArray());
    }

    // Adds the template's text: control tokens as they are, ordinary text gathered with the message text around it.
    private void ownTokens(String part, StringBuilder ordinary, IntStream.Builder all) {
        int[] tokens = vocabulary.tokensWithControl(part);
        int start = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (vocabulary.isControl(tokens[i]) || vocabulary.isEnd(tokens[i])) {
                ordinary.append(ordinaryText(Arrays.copyOfRange(tokens, start, i)));
                flush(ordinary, all);
                all.add(tokens[i]);
                start = i + 1;
            }
        }
        ordinary.append(ordinaryText(Arrays.copyOfRange(tokens, start, tokens.length)));
    }

    // Some vocabularies put a space before a text; it must not be put there a second time.
    private String ordinaryText(int[] tokens) {
        String found = vocabulary.text(tokens);
        if (found.startsWith(" ") && !Arrays.equals(vocabulary.tokens(found), tokens)) {
            return found.substring(1);
        }
        return found;
    }

    private void flush(StringBuilder ordinary, IntStream.Builder all) {
        for (int token : vocabulary.tokens(ordinary.toString())) {
            all.add(token);
        }
        ordinary.setLength(0);
    }

    private int[] withoutDoubleBegin(int[] tokens) {
        boolean twice = tokens.length > 1 && tokens[0] == vocabulary.begin() && tokens[1] == vocabulary.begin();
        return twice ? Arrays.copyOfRange(tokens, 1, tokens.length) : tokens;
    }

    /** Returns the text before, between and after the messages; nothing when the template does not show each message exactly once and in order. */
    private static Optional<List<String>> parts(String template, String[] roles) {
        String[] holders = new String[roles.length];
        Arrays.setAll(holders, i -> OPEN + i + CLOSE);
        return ModelCalls.applyTemplate(template, roles, holders).flatMap(whole -> cut(whole, holders));
    }

    private static Optional<List<String>> cut(String whole, String[] holders) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (String holder : holders) {
            int at = whole.indexOf(holder, from);
            if (at < 0 || whole.indexOf(holder, at + 1) >= 0) {
                return Optional.empty();
            }
            parts.add(whole.substring(from, at));
            from = at + holder.length();
        }
        parts.add(whole.substring(from));
        return Optional.of(parts);
    }

    private static List<String> plain(String[] roles) {
        List<String> parts = new ArrayList<>();
        String before = "";
        for (String role : roles) {
            String title = switch (role) {
                case "user" -> "User: ";
                case "assistant" -> "Assistant: ";
                default -> "";
            };
            parts.add(before + title);
            before = "\n\n";
        }
        parts.add("\n\nAssistant:");
        return parts;
    }

    private static String role(Message.Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}
