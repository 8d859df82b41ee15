package dev.rung.core.economics.book;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a name is meant; names are compared in lower case, but for patterns. */
public sealed interface ModelMatch {
    /** Returns whether {@code name}, which is in lower case, is meant. */
    boolean matches(String name);

    /** Exactly this name. */
    record Equal(String text) implements ModelMatch {
        public Equal {
            text = text.toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean matches(String name) {
            return name.equals(text);
        }
    }

    /** Exactly one of these names. */
    record OneOf(Set<String> names) implements ModelMatch {
        public OneOf {
            names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean matches(String name) {
            return names.contains(name);
        }
    }

    /** Names that begin so. */
    record Prefix(String text) implements ModelMatch {
        public Prefix {
            text = text.toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean matches(String name) {
            return name.startsWith(text);
        }
    }

    /** Names that end so. */
    record Suffix(String text) implements ModelMatch {
        public Suffix {
            text = text.toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean matches(String name) {
            return name.endsWith(text);
        }
    }

    /** Names in which this occurs. */
    record Containing(String text) implements ModelMatch {
        public Containing {
            text = text.toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean matches(String name) {
            return name.contains(text);
        }
    }

    /** Names in which a pattern is found. */
    record Regex(Pattern pattern) implements ModelMatch {
        @Override
        public boolean matches(String name) {
            return pattern.matcher(name).find();
        }
    }

    /** What at least one of several means. */
    record Any(List<ModelMatch> of) implements ModelMatch {
        public Any {
            of = List.copyOf(of);
        }

        @Override
        public boolean matches(String name) {
            return of.stream().anyMatch(match -> match.matches(name));
        }
    }

    /** What all of several mean. */
    record Every(List<ModelMatch> of) implements ModelMatch {
        public Every {
            of = List.copyOf(of);
        }

        @Override
        public boolean matches(String name) {
            return of.stream().allMatch(match -> match.matches(name));
        }
    }
}
