package dev.rung.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An HTML or SVG element under construction.
 *
 * <p>Text and attribute values are escaped when they are written and there is no way around it, so whatever a user's data holds stays text. Not thread-safe.
 */
final class Tag {
    private static final Set<String> WITHOUT_CONTENT = Set.of("meta", "br", "hr", "col", "wbr");
    private static final char REPLACEMENT = '\uFFFD';

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> content = new ArrayList<>();

    private Tag(String name) {
        this.name = name;
    }

    /** Returns an empty element. */
    static Tag of(String name) {
        return new Tag(name);
    }

    /** Returns an element of the given class. */
    static Tag of(String name, String cssClass) {
        return new Tag(name).set("class", cssClass);
    }

    Tag set(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** Sets a coordinate or length, to a tenth of a unit, which no eye can tell from more. */
    Tag set(String attribute, double value) {
        return set(attribute, Figures.tenth(value));
    }

    Tag text(String text) {
        content.add(text);
        return this;
    }

    Tag add(Tag... children) {
        content.addAll(List.of(children));
        return this;
    }

    Tag addAll(List<Tag> children) {
        content.addAll(children);
        return this;
    }

    /** Writes the element with all that is in it. */
    void writeTo(StringBuilder page) {
        page.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            page.append(' ').append(attribute).append("=\"");
            escape(value, page);
            page.append('"');
        });
        page.append('>');
        if (WITHOUT_CONTENT.contains(name)) {
            return;
        }
        for (Object part : content) {
            if (part instanceof Tag tag) {
                tag.writeTo(page);
            } else {
                escape((String) part, page);
            }
        }
        page.append("</").append(name).append('>');
    }

    // A style element's content is not escaped by HTML's rules; ours holds no character that would need it, and stays
    // that way by this check.
    static Tag style(String css) {
        if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
            throw new IllegalArgumentException("a style sheet inside a page must not hold < or &");
        }
        return new Tag("style").text(css);
    }

    private void escape(String text, StringBuilder page) {
        if (name.equals("style")) {
            page.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(isWritable(text, i) ? c : REPLACEMENT);
            }
        }
    }

    // Control characters and halves of surrogate pairs are no characters of a page.
    private static boolean isWritable(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c == '\n' || c == '\t' || (c >= 0x20 && (c < 0x7F || c > 0x9F) && c < 0xFFFE);
    }
}
