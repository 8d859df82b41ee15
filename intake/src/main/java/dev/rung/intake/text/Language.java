package dev.rung.intake.text;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A guess at the language of a text: by its script, and for Latin script by the commonest small words.
 *
 * <p>Meant to find rows that do not belong, not to tell every language: a text without a known small word is {@code undetermined}.
 */
public final class Language {
    public static final String UNDETERMINED = "undetermined";

    private static final Pattern WORDS = Pattern.compile("[^\\p{L}']+");
    private static final Map<String, Set<String>> SMALL_WORDS = new LinkedHashMap<>();

    static {
        SMALL_WORDS.put(
                "en",
                Set.of(
                        "the", "and", "is", "are", "you", "my", "to", "of", "in", "it", "not", "for", "what", "how",
                        "can", "have", "was", "this", "that", "with", "do", "i", "why", "where", "please", "me", "need",
                        "want", "from", "on"));
        SMALL_WORDS.put(
                "de",
                Set.of(
                        "der", "die", "das", "und", "ist", "nicht", "ich", "ein", "eine", "mit", "auf", "für", "wie",
                        "wann", "bitte", "habe", "meine", "mein", "sie", "wir", "wo", "kann", "noch", "zu", "von"));
        SMALL_WORDS.put(
                "fr",
                Set.of(
                        "le", "la", "les", "et", "est", "je", "ne", "pas", "un", "une", "des", "mon", "ma", "vous",
                        "pour", "dans", "que", "qui", "avec", "sur", "comment", "où", "bonjour", "merci"));
        SMALL_WORDS.put(
                "es",
                Set.of(
                        "el", "los", "las", "y", "es", "no", "mi", "un", "una", "por", "para", "que", "cómo", "con",
                        "del", "está", "hola", "gracias", "quiero", "dónde"));
        SMALL_WORDS.put(
                "it",
                Set.of(
                        "il", "gli", "e", "è", "non", "un", "una", "per", "che", "come", "con", "del", "sono", "mio",
                        "mia", "ciao", "grazie", "dove", "vorrei"));
        SMALL_WORDS.put(
                "nl",
                Set.of(
                        "de", "het", "een", "en", "niet", "ik", "mijn", "van", "voor", "met", "op", "hoe", "waar",
                        "kan", "wil", "graag", "dank", "zijn"));
        SMALL_WORDS.put(
                "pt",
                Set.of(
                        "o",
                        "os",
                        "as",
                        "não",
                        "um",
                        "uma",
                        "meu",
                        "minha",
                        "por",
                        "para",
                        "que",
                        "como",
                        "com",
                        "do",
                        "da",
                        "está",
                        "olá",
                        "obrigado",
                        "onde"));
    }

    private Language() {}

    /** Returns an ISO 639-1 code for Latin script, a script's name such as {@code cyrillic} for others, or {@value #UNDETERMINED}. */
    public static String of(String text) {
        String script = script(text);
        if (!script.equals("latin")) {
            return script;
        }
        String[] words = WORDS.split(text.toLowerCase(Locale.ROOT), 60);
        String best = UNDETERMINED;
        int most = 0;
        for (Map.Entry<String, Set<String>> language : SMALL_WORDS.entrySet()) {
            int hits = 0;
            for (String word : words) {
                hits += language.getValue().contains(word) ? 1 : 0;
            }
            if (hits > most) {
                most = hits;
                best = language.getKey();
            }
        }
        return best;
    }

    private static String script(String text) {
        int latin = 0;
        int other = 0;
        Character.UnicodeScript first = Character.UnicodeScript.UNKNOWN;
        int limit = Math.min(text.length(), 400);
        for (int i = 0; i < limit; i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (!Character.isLetter(point)) {
                continue;
            }
            Character.UnicodeScript script = Character.UnicodeScript.of(point);
            if (script == Character.UnicodeScript.LATIN) {
                latin++;
            } else {
                first = other++ == 0 ? script : first;
            }
        }
        if (latin == 0 && other == 0) {
            return UNDETERMINED;
        }
        return latin >= other ? "latin" : first.name().toLowerCase(Locale.ROOT);
    }
}
