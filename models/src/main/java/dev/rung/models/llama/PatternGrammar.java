package dev.rung.models.llama;

import dev.rung.core.RungException;

/**
 * A simple regular expression as a grammar: anchored at both ends, made of characters, classes, groups, alternatives and counts. What is not simple is
 * refused. Not thread-safe.
 */
final class PatternGrammar {
    // In place of "any number of".
    private static final int MOST = 64;

    private final String pattern;
    private final String at;
    private int next;

    private PatternGrammar(String pattern, String at) {
        this.pattern = pattern;
        this.at = at;
    }

    /** Returns the body of a rule for strings that match; throws {@link RungException.WrongInput} for what is not simple. */
    static String of(String pattern, String at) {
        if (!pattern.startsWith("^") || !pattern.endsWith("$") || pattern.endsWith("\\$")) {
            throw SchemaGrammar.refused(at, pattern, "a pattern that begins with ^ and ends with $");
        }
        String body = pattern.substring(1, pattern.length() - 1);
        PatternGrammar grammar = new PatternGrammar(body, at);
        String result = grammar.alternatives();
        if (grammar.next < body.length()) {
            throw grammar.notSimple();
        }
        return result;
    }

    private String alternatives() {
        StringBuilder text = new StringBuilder(sequence());
        while (peek() == '|') {
            next++;
            text.append(" | ").append(sequence());
        }
        return text.toString();
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (peek() != 0 && peek() != '|' && peek() != ')') {
            text.append(text.isEmpty() ? "" : " ").append(atom()).append(repetition());
        }
        return text.isEmpty() ? "\"\"" : text.toString();
    }

    private String atom() {
        char c = pattern.charAt(next++);
        return switch (c) {
            case '(' -> group();
            case '[' -> characterClass();
            case '.' -> "[^\\x22\\x5C\\x00-\\x1F\\x7F]";
            case '\\' -> "[" + escaped() + "]";
            case '^', '$', '*', '+', '?', '{', '}', ']' -> throw notSimple();
            default -> "[" + character(c) + "]";
        };
    }

    private String group() {
        if (peek() == '?') {
            if (!pattern.startsWith("?:", next)) {
                throw notSimple();
            }
            next += 2;
        }
        String inside = alternatives();
        if (peek() != ')') {
            throw notSimple();
        }
        next++;
        return "(" + inside + ")";
    }

    private String characterClass() {
        StringBuilder members = new StringBuilder();
        boolean negated = peek() == '^';
        if (negated) {
            next++;
        }
        while (peek() != ']') {
            if (peek() == 0) {
                throw notSimple();
            }
            char c = pattern.charAt(next++);
            boolean range = c == '-' && !members.isEmpty() && peek() != ']';
            members.append(range ? "-" : c == '\\' ? escaped() : negated ? quoted(c) : character(c));
        }
        next++;
        if (members.isEmpty()) {
            throw notSimple();
        }
        return negated ? "[^" + members + "\\x22\\x5C\\x00-\\x1F\\x7F]" : "[" + members + "]";
    }

    private String escaped() {
        if (peek() == 0) {
            throw notSimple();
        }
        char c = pattern.charAt(next++);
        return switch (c) {
            case 'd' -> "0-9";
            case 'w' -> "A-Za-z0-9_";
            case 's' -> " ";
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw notSimple();
                }
                yield character(c);
            }
        };
    }

    // Quotes and back slashes would need an escape in JSON.
    private String character(char c) {
        if (c == '"' || c == '\\' || c < 0x20 || c == 0x7F) {
            throw notSimple();
        }
        return quoted(c);
    }

    private static String quoted(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c > 0x7F ? String.valueOf(c) : "\\x%02X".formatted((int) c);
    }

    private String repetition() {
        String count = switch (peek()) {
            case '?' -> "{0,1}";
            case '*' -> "{0," + MOST + "}";
            case '+' -> "{1," + MOST + "}";
            case '{' -> counted();
            default -> "";
        };
        if (!count.isEmpty()) {
            next++;
        }
        return count;
    }

    // Leaves the closing brace to the caller, who takes one character in every case.
    private String counted() {
        int close = pattern.indexOf('}', next);
        if (close < 0) {
            throw notSimple();
        }
        String inside = pattern.substring(next + 1, close);
        next = close;
        try {
            int comma = inside.indexOf(',');
            int least = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
            String upper = comma < 0 ? inside : inside.substring(comma + 1);
            int most = upper.isEmpty() ? least + MOST : Integer.parseInt(upper);
            if (least < 0 || most < least || most > SchemaGrammar.LONGEST_STRING * 5) {
                throw notSimple();
            }
            return "{" + least + "," + most + "}";
        } catch (NumberFormatException e) {
            throw notSimple();
        }
    }

    private char peek() {
        return next < pattern.length() ? pattern.charAt(next) : 0;
    }

    private RungException.WrongInput notSimple() {
        return SchemaGrammar.refused(
                at, "^" + pattern + "$ (at character " + (next + 1) + ")", "characters, classes, groups, | and counts");
    }
}
