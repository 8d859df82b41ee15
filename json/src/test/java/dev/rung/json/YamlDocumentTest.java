package dev.rung.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import org.junit.jupiter.api.Test;

class YamlDocumentTest {
    @Test
    void each_node_knows_its_line_and_its_keys() {
        YamlDocument document = YamlDocument.parse("t.yaml", """
                # comment
                bar: { accuracy: 0.90,
                       cost: $0.20 }
                models:
                  - one
                  - name: two
                """);
        assertThat(document.json().compact())
                .isEqualTo("{\"bar\":{\"accuracy\":0.9,\"cost\":\"$0.20\"},\"models\":[\"one\",{\"name\":\"two\"}]}");
        assertThat(document.place("/bar/cost")).hasToString("t.yaml:3: bar.cost");
        assertThat(document.place("/models/1/name")).hasToString("t.yaml:6: models[1].name");
        assertThat(document.place("/bar/nothing/here")).hasToString("t.yaml:2: bar");
    }

    @Test
    void scalars_follow_the_core_schema_and_numbers_are_exact() {
        YamlDocument document = YamlDocument.parse(
                "t", "[0.10, 1e3, 0x1F, 0o17, yes, no, true, ~, '', '1', .inf, 120k/month, 2024-01-01]");
        assertThat(document.json().compact())
                .isEqualTo(
                        "[0.1,1000,31,15,\"yes\",\"no\",true,null,\"\",\"1\",\".inf\",\"120k/month\",\"2024-01-01\"]");
    }

    @Test
    void a_key_given_twice_names_both_lines() {
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", "a:\n  b: 1\n  c: 2\n  b: 3\n"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessage(
                        "t.yaml:4: a.b: found this key a second time (first on line 2), expected each key once. Delete one of them");
    }

    @Test
    void what_is_not_yaml_is_refused_with_its_line() {
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", "a: [1,\nb: }\n"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("t.yaml:2:");
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", "\ta: 1"))
                .hasMessageStartingWith("t.yaml:1:1: found what is not YAML");
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", "")).hasMessageContaining("empty file");
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", "a: 1\n---\nb: 2"))
                .isInstanceOf(RungException.WrongInput.class);
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", "a: !ruby/object x"))
                .hasMessageContaining("expected a plain value");
    }

    @Test
    void aliases_cannot_make_a_huge_tree_from_a_small_file() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d,".formatted(i - 1).repeat(4))
                    .append("]\n");
        }
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", bomb.toString()))
                .isInstanceOf(RungException.WrongInput.class);
        assertThatThrownBy(() -> YamlDocument.parse("t.yaml", "&a [*a]")).isInstanceOf(RungException.WrongInput.class);
    }
}
