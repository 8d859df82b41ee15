package dev.rung.models.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.rung.core.RungException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our tokenizer against Hugging Face's own (the Rust library through DJL) on the same tokenizer.json. */
class WordPiecesTest {
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";
    /** Blocks of Unicode that both sides know: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, punctuation, CJK. */
    private static final int[][] BLOCKS = {
        {0x00, 0x7F},
        {0x20, 0x7E},
        {0x20, 0x7E},
        {0xA0, 0x24F},
        {0x370, 0x377},
        {0x386, 0x3CE},
        {0x400, 0x45F},
        {0x5D0, 0x5EA},
        {0x620, 0x64A},
        {0x905, 0x939},
        {0x2010, 0x2027},
        {0x2030, 0x205E},
        {0x3041, 0x3096},
        {0x4E00, 0x4E80},
        {0xAC00, 0xAC80},
        {0x1F600, 0x1F640},
        {0x2000, 0x200F},
        {0x300, 0x34E}
    };

    private static HuggingFaceTokenizer reference;
    private static WordPieces ours;

    @BeforeAll
    static void load() throws IOException {
        System.setProperty(
                "DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
        System.setProperty("ai.djl.offline", "true");
        try (InputStream in = WordPiecesTest.class.getResourceAsStream(TOKENIZER)) {
            reference = HuggingFaceTokenizer.newInstance(in, Map.of("truncation", "false", "padding", "false"));
        }
        try (InputStream in = WordPiecesTest.class.getResourceAsStream(TOKENIZER)) {
            ours = WordPieces.read(in);
        }
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    @Test
    void sentences_are_cut_like_the_reference() {
        for (String text : new String[] {
            "",
            "   ",
            "I am still waiting on my card?",
            "Why doesn't my top-up work??  (It's £1,000.50)",
            "Crème brûlée à l'ÉCOLE — naïve façade",
            "İstanbul ΑΒΓ Σίσυφος ΣΊΣΥΦΟΣ straße",
            "我的卡在哪里？ カード 카드",
            "unaffable supercalifragilisticexpialidocious " + "x".repeat(101) + " " + "y".repeat(100),
            "emoji 😀👍🏽 and \u0000 control \u0007 and \uFFFD and soft\u00ADhyphen and zero\u200Bwidth",
            "tabs\tand\nlines\r\nand\u00A0nbsp\u3000ideographic\u2028line",
            "literal [MASK] and [SEP] marks, [cls] not",
            "e\u0301 combining, \uFB01 ligature, ½, x², ™, €",
            "http://example.com/a?b=c&d=e user@example.org #tag @name snake_case"
        }) {
            assertSame(text);
        }
    }

    @Test
    void random_strings_are_cut_like_the_reference() {
        Random random = new Random(20);
        for (int repeat = 0; repeat < 4_000; repeat++) {
            StringBuilder text = new StringBuilder();
            int[] block = BLOCKS[random.nextInt(BLOCKS.length)];
            for (int i = random.nextInt(30); i >= 0; i--) {
                block = random.nextInt(4) == 0 ? BLOCKS[random.nextInt(BLOCKS.length)] : block;
                text.appendCodePoint(block[0] + random.nextInt(block[1] - block[0] + 1));
                if (random.nextInt(6) == 0) {
                    text.append(' ');
                }
            }
            assertSame(text.toString());
        }
    }

    @Test
    void long_text_is_cut_off_before_the_end_mark() {
        long[] all = ours.numbers("card ".repeat(600), 10_000);
        long[] cut = ours.numbers("card ".repeat(600), 512);
        assertThat(all).hasSize(602);
        assertThat(cut).hasSize(512).endsWith(102).startsWith(101);
        assertThat(cut[510]).isEqualTo(all[510]);
    }

    @Test
    void another_file_is_refused() {
        byte[] other = "{\"model\": {\"merges\": []}}".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(RungException.Corrupt.class)
                .isThrownBy(() -> WordPieces.read(new ByteArrayInputStream(other)))
                .withMessageContaining("no vocabulary");
    }

    private static void assertSame(String text) {
        assertThat(ours.numbers(text, Integer.MAX_VALUE))
                .as(() -> "pieces of "
                        + text.codePoints().mapToObj(Integer::toHexString).toList())
                .containsExactly(reference.encode(text).getIds());
    }
}
