package dev.rung.models.llama;

/** The grammar (GBNF) of JSON objects (RFC 8259) of any shape; white space is one optional space after a comma or a colon. */
final class ObjectGrammar {
    static final String TEXT = """
            root ::= object
            value ::= object | array | string | number | "true" | "false" | "null"
            object ::= "{" (member ("," " "? member)*)? "}"
            member ::= string ":" " "? value
            array ::= "[" (value ("," " "? value)*)? "]"
            string ::= "\\"" char* "\\""
            char ::= [^"\\\\\\x00-\\x1F\\x7F] | "\\\\" (["\\\\/bnrt] | "u" [0-9a-fA-F]{4})
            number ::= "-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,15})? ([eE] [+-]? [0-9]{1,2})?
            """;

    private ObjectGrammar() {}
}
