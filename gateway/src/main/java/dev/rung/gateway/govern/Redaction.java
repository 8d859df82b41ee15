package dev.rung.gateway.govern;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of text what looks like a secret or a person's data, before it is kept.
 *
 * <p>It knows forms, not meanings: keys of common providers, tokens, private keys, mail addresses, and runs of digits as long as those of cards, accounts
 * and telephones. Names and addresses of people stay.
 */
final class Redaction {
    private record Form(Pattern pattern, String instead) {}

    private static final List<Form> FORMS = List.of(
            form("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----", "[private key]"),
            form("data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+", "[data]"),
            form("rung_[a-z0-9]{10}_[A-Za-z0-9_-]+", "[key]"),
            form("\\b(?:sk|pk|rk|gsk|xai|hf|pplx|r8)[-_][A-Za-z0-9_-]{12,}", "[key]"),
            form("\\bAIza[0-9A-Za-z_-]{20,}", "[key]"),
            form("\\b(?:AKIA|ASIA)[0-9A-Z]{12,}", "[key]"),
            form("\\b(?:gh[pousr]|github_pat|glpat|xox[abprs])[-_][A-Za-z0-9_-]{10,}", "[key]"),
            form("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", "[token]"),
            form("(?i)\\bbearer +[A-Za-z0-9._~+/=-]{8,}", "[token]"),
            form(
                    "(?i)(\\\\?\"?(?:password|passwd|secret|api_?key|access_?token)\\\\?\"?\\s*[:=]\\s*\\\\?\"?)[^\\s\"\\\\,}]{4,}",
                    "$1[secret]"),
            form("\\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}\\b", "[mail]"),
            form("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\\b", "[account]"),
            form("(?<![\\d.])\\+?\\d(?:[ ()/-]{0,2}\\d){8,18}(?!\\d)", "[number]"));

    private Redaction() {}

    static String of(String text) {
        String left = text;
        for (Form form : FORMS) {
            left = form.pattern().matcher(left).replaceAll(form.instead());
        }
        return left;
    }

    private static Form form(String pattern, String instead) {
        return new Form(Pattern.compile(pattern), instead);
    }
}
