package dev.rung.intake.audit;

import dev.rung.core.data.Split;
import dev.rung.intake.text.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What one look at each input tells: lengths, languages, personal data. */
final class Surface {
    private static final int LONG_CHARACTERS = 2_000;
    private static final double RARE_LANGUAGE = 0.05;

    private final AuditedRows rows;
    private final Lengths lengths = new Lengths();
    private final Map<Split, Long> bySplit = new EnumMap<>(Split.class);
    private final Map<String, Long> languages = new TreeMap<>();
    private final Map<String, Flags> foreign = new TreeMap<>();
    private final Map<PersonalData.Kind, Flags> personal = new EnumMap<>(PersonalData.Kind.class);
    private final Flags veryLong;
    private long included;

    private Surface(AuditedRows rows) {
        this.rows = rows;
        this.veryLong = new Flags(rows);
    }

    static Surface of(AuditedRows rows, Runnable progress) {
        Surface surface = new Surface(rows);
        for (int row = 0; row < rows.end(); row++) {
            if (rows.includes(row)) {
                surface.look(row, rows.all().input(row));
            }
            progress.run();
        }
        return surface;
    }

    private void look(int row, String input) {
        included++;
        bySplit.merge(rows.all().split(row), 1L, Long::sum);
        lengths.add(input.length());
        if (input.length() > LONG_CHARACTERS) {
            veryLong.add(row, input.length() + " characters");
        }
        String language = Language.of(input);
        long seen = languages.merge(language, 1L, Long::sum);
        // Which language is the usual one is known only at the end; the first rows of each are kept until then.
        if (seen <= Finding.MOST_ROWS && !language.equals(Language.UNDETERMINED)) {
            foreign.computeIfAbsent(language, name -> new Flags(rows)).add(row, language);
        }
        for (PersonalData.Kind kind : PersonalData.in(input)) {
            personal.computeIfAbsent(kind, name -> new Flags(rows)).add(row, kind.plural());
        }
    }

    Map<Split, Long> bySplit() {
        return bySplit;
    }

    Lengths lengths() {
        return lengths;
    }

    Map<String, Long> languages() {
        return languages;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        veryLong.into(
                findings,
                "very-long",
                Severity.NOTE,
                "rows longer than " + LONG_CHARACTERS
                        + " characters: %,d; the encoder reads about that much, and small models may not have room");
        foreign.forEach((language, flags) -> {
            if (languages.getOrDefault(language, 0L) < RARE_LANGUAGE * included) {
                flags.into(
                        findings,
                        "language-" + language,
                        Severity.NOTE,
                        "rows that seem to be in another language, " + language + ": %,d");
            }
        });
        personal.forEach((kind, flags) -> flags.into(
                findings,
                "personal-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Severity.NOTE,
                "rows that seem to contain " + kind.plural() + ": %,d"));
        return findings;
    }
}
